-- gmig revision: 726536b39b32
-- gmig parents: 1556fa3d9eac, b470f7bffa1b
-- gmig created: 2026-11-22T00:07:33Z
-- gmig message: merge 1556fa3d9eac and b470f7bffa1b
-- gmig merge revision, text 1

-- gmig up
-- nothing, unless the two sides conflict

-- gmig down
-- nothing, unless the two sides conflict
