import { createHash } from "node:crypto";

/** Returns the text with every line ending as LF, which is how Git stores it under `core.autocrlf`. */
export function withLineFeeds(text: string): string {
  return text.includes("\r") ? text.replaceAll("\r\n", "\n") : text;
}

/**
 * Returns Git's blob id of a text with LF line endings, as hex: by SHA-1, or by SHA-256 in a repository of that object format.
 * See gitformat-pack(5) and hash-function-transition: the hash is over `blob <bytes>\0` and the bytes.
 */
export function blobId(text: string, algorithm: "sha1" | "sha256" = "sha1"): string {
  const bytes = Buffer.from(withLineFeeds(text), "utf8");
  return createHash(algorithm).update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
