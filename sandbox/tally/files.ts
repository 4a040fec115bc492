import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FileRef, SampleFile } from './answers';
import { entityId } from './ids';

/**
 * Signed links, as Tally gives them out: an access token that never expires, and a signature over
 * it. Whoever has the link may open it.
 */
export class SignedLinks {
	private readonly secret = randomBytes(32);

	constructor(private readonly origin: () => string) {}

	/** @param path absolute, its parts encoded */
	link(path: string, id: string): string {
		const accessToken = this.mac(`token ${id}`, 'base64url');
		const signature = this.mac(`${path} ${id} ${accessToken}`, 'hex');
		return `${this.origin()}${path}?${new URLSearchParams({ id, accessToken, signature }).toString()}`;
	}

	/** The id that a link opens, or undefined if the link is not one of ours. */
	opens(path: string, query: Record<string, unknown>): string | undefined {
		const { id, signature } = query;
		if (typeof id !== 'string' || typeof signature !== 'string') return undefined;
		const right = Buffer.from(new URL(this.link(path, id)).searchParams.get('signature') ?? '');
		const given = Buffer.from(signature);
		return right.length === given.length && timingSafeEqual(right, given) ? id : undefined;
	}

	private mac(text: string, encoding: 'hex' | 'base64url'): string {
		return createHmac('sha256', this.secret).update(text).digest(encoding);
	}
}

/** Uploaded files, in memory. */
export class FileStore {
	private readonly files = new Map<string, SampleFile>();

	constructor(private readonly links: SignedLinks) {}

	keep(file: SampleFile): FileRef {
		const id = entityId();
		this.files.set(id, file);
		return {
			id,
			name: file.name,
			url: this.links.link(`/private/${encodeURIComponent(file.name)}`, id),
			mimeType: file.mimeType,
			size: file.content.length,
		};
	}

	get(id: string): SampleFile | undefined {
		return this.files.get(id);
	}
}
