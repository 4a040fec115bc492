/* global document, fetch, FormData, URL */

// Keeps the order in which options are picked, and shows it as numbers.
for (const order of document.querySelectorAll('input[name$=".order"]')) {
	const boxes = [...order.closest('fieldset').querySelectorAll('input[type=checkbox]')];
	let picked = [];
	const show = () => {
		order.value = picked.map((box) => box.value).join('\n');
		for (const box of boxes) {
			const place = picked.indexOf(box) + 1;
			box.parentElement.dataset.place = place === 0 ? '' : String(place);
		}
	};
	for (const box of boxes) {
		box.addEventListener('change', () => {
			picked = picked.filter((other) => other !== box);
			if (box.checked) picked.push(box);
			show();
		});
	}
	show();
}

// Writing beside "Other" picks it.
for (const other of document.querySelectorAll('input.other')) {
	other.addEventListener('input', () => {
		if (other.value !== '') other.previousElementSibling.querySelector('input').checked = true;
	});
}

// A signature is drawn or typed; either way it is sent as a PNG.
for (const box of document.querySelectorAll('[data-signature]')) {
	const canvas = box.querySelector('canvas');
	const typed = box.querySelector('[data-typed]');
	const value = box.querySelector('input[type=hidden]');
	const pen = canvas.getContext('2d');
	const keep = () => {
		value.value = canvas.toDataURL('image/png');
	};
	const clear = () => {
		pen.clearRect(0, 0, canvas.width, canvas.height);
		value.value = '';
	};
	const place = (event) => {
		const { left, top, width, height } = canvas.getBoundingClientRect();
		return [((event.clientX - left) * canvas.width) / width, ((event.clientY - top) * canvas.height) / height];
	};
	pen.lineWidth = 3;
	pen.lineCap = 'round';
	pen.strokeStyle = '#1f3a8a';
	pen.fillStyle = '#1f3a8a';

	canvas.addEventListener('pointerdown', (event) => {
		if (typed.value !== '') {
			typed.value = '';
			clear();
		}
		canvas.setPointerCapture(event.pointerId);
		pen.beginPath();
		pen.moveTo(...place(event));
	});
	canvas.addEventListener('pointermove', (event) => {
		if (!canvas.hasPointerCapture(event.pointerId)) return;
		pen.lineTo(...place(event));
		pen.stroke();
	});
	canvas.addEventListener('pointerup', keep);
	typed.addEventListener('input', () => {
		clear();
		if (typed.value.trim() === '') return;
		pen.font = 'italic 56px "Segoe Script", "Brush Script MT", cursive';
		pen.fillText(typed.value, 24, 100, canvas.width - 48);
		keep();
	});
	box.querySelector('[data-clear]').addEventListener('click', () => {
		typed.value = '';
		clear();
	});
}

// What was filled in so far is kept, one state after the other, until it is sent.
const form = document.querySelector('form[data-begun]');
if (form?.dataset.begun) {
	let kept = Promise.resolve();
	let begunId;
	const addressOf = (path) => {
		const url = new URL(path, document.baseURI);
		if (begunId) url.searchParams.set('begun', begunId);
		return url.href;
	};
	form.addEventListener('change', () => {
		const state = new FormData(form);
		const keep = async () => {
			const reply = await fetch(addressOf(form.dataset.begun), { method: 'POST', body: state });
			if (reply.ok) begunId = (await reply.json()).id;
		};
		// What could not be kept is no reason not to send the form.
		kept = kept.then(keep).catch(() => undefined);
	});
	form.addEventListener('submit', (event) => {
		event.preventDefault();
		void kept.then(() => {
			form.action = addressOf(form.getAttribute('action'));
			form.submit();
		});
	});
}
