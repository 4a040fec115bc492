// Only what every JavaScript has: this is also part of packages whose lint knows neither Node's modules nor its timers.
const { port1, port2 } = new MessageChannel();

/** Lets all run that waits for nothing but its turn. */
export async function turn(): Promise<void> {
	await new Promise((resolve) => {
		// Without a listener the port keeps no process alive.
		port1.addEventListener('message', resolve, { once: true });
		port2.postMessage('');
	});
}
