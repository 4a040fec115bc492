export interface Page<T> {
	items: T[];
	/** From 1. */
	page: number;
	limit: number;
	total: number;
	hasMore: boolean;
}

/** One page of a list; `page` and `limit` come from a query that was checked already. */
export function pageOf<T>(all: readonly T[], query: Record<string, string>, defaultLimit: number): Page<T> {
	const page = Number(query.page ?? 1);
	const limit = Number(query.limit ?? defaultLimit);
	const end = page * limit;
	return {
		items: all.slice(end - limit, end),
		page,
		limit,
		total: all.length,
		hasMore: end < all.length,
	};
}
