-- gmig revision: 1556fa3d9eac
-- gmig parents: a8b7ea26b1cb
-- gmig created: 2026-11-22T00:07:33Z
-- gmig message: stars of products

-- gmig up
alter table reviews add constraint reviews_stars_check check (stars between 1 and 5);
create index reviews_product_id_index on reviews (product_id);

-- gmig down
drop index reviews_product_id_index;
alter table reviews drop constraint reviews_stars_check;
