/* global document, EventSource */

// Each element with data-live shows what its stream sends; entries that were not there before are marked as new.
for (const element of document.querySelectorAll('[data-live]')) {
	let isFirst = true;
	let shown;
	const keys = () => [...element.querySelectorAll('[data-key]')].map((entry) => entry.dataset.key);
	new EventSource(element.dataset.live).onmessage = ({ data }) => {
		const known = new Set(keys());
		const html = JSON.parse(data);
		if (html === shown) return;
		shown = html;
		element.innerHTML = html;
		for (const entry of element.querySelectorAll('[data-key]')) {
			if (!isFirst && !known.has(entry.dataset.key)) entry.classList.add('new');
		}
		isFirst = false;
	};
}
