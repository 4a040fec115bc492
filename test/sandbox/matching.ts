/** Jest's asymmetric matchers, typed: jest itself types them as `any`. */
export const anyText: unknown = expect.any(String);

export const anyNumber: unknown = expect.any(Number);

export const textWith = (part: string): unknown => expect.stringContaining(part);

export const textLike = (pattern: RegExp): unknown => expect.stringMatching(pattern);

export const listWith = (entries: unknown[]): unknown => expect.arrayContaining(entries);
