import { randomInt } from 'node:crypto';

const alphabet = 'abdejkmnopqrvwxyzABDEGJKLMNOPQRVWXYZ0123456789';

function shortId(length: number): string {
	return Array.from({ length }, () => alphabet[randomInt(alphabet.length)] ?? 'a').join('');
}

/** Submission, respondent, webhook and file ids: seven characters since 2025 (captured deliveries). */
export const entityId = (): string => shortId(7);

/** Question ids: six characters (captured deliveries). */
export const questionId = (): string => shortId(6);
