/**
 * What a child process does: it gets one input from the benchmark and gives one answer. It ends with
 * the benchmark, however that ends.
 */
export function work<In, Out>(answer: (input: In) => Promise<Out>): void {
	process.once('disconnect', () => process.exit());
	// Both ends are files of this folder: what comes is what was sent.
	process.once('message', (input: In) => {
		answer(input).then(
			(out) => process.send?.({ answer: out }),
			(error: unknown) => {
				console.error(error);
				process.exit(1);
			},
		);
	});
}

/** Tells the benchmark how far it is. */
export function note(text: string): void {
	process.send?.({ note: text });
}
