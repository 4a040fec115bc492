/**
 * By which version's rules names and values are brought to CleverTap's: version 1 keeps the names that its
 * workflows have sent so far. All that ends silent harm holds for both.
 */
export type Rules = 1 | 2;
