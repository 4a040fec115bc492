/**
 * Lets all run that waits for nothing but its turn. Only what every JavaScript has: this is also part of packages
 * whose lint knows neither Node's modules nor its timers.
 */
export async function turn(): Promise<void> {
	const { port1, port2 } = new MessageChannel();
	await new Promise((resolve) => {
		port1.onmessage = resolve;
		port2.postMessage('');
	});
	port1.close();
}
