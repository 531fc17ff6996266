/** What each object that can be owned, granted and commented on has. */
export interface Owned {
  readonly owner: string;
  /** Access rights as PostgreSQL prints them (`reader=r/app`), sorted; empty where none were ever granted or revoked. */
  readonly grants: readonly string[];
  readonly comment: string | null;
}
