/** The first piece of HTML that a live stream sends; the stream is closed then. */
export async function firstPiece(url: string): Promise<string> {
	const ended = new AbortController();
	const response = await fetch(url, { signal: ended.signal });
	expect(response.headers.get('content-type')).toBe('text/event-stream');
	const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
	let text = '';
	while (reader && !text.includes('\n\n')) {
		const { value, done } = await reader.read();
		if (done) break;
		text += value;
	}
	ended.abort();
	return JSON.parse(text.slice('data: '.length)) as string;
}
