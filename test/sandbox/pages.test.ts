import { startCleverTap } from '../../sandbox/clevertap/clevertap';
import { html } from '../../sandbox/html';
import { startTally } from '../../sandbox/tally/tally';
import type { LocalTally } from '../../sandbox/tally/tally';
import { upload } from './clevertap/client';
import { firstPiece } from './firstPiece';
import { startReceiver } from './receiver';
import { addWebhook } from './tally/client';

describe('html', () => {
	it('escapes texts, keeps pieces, and leaves nothing for what is not there', () => {
		const piece = html`<b>${'<i>&"\''}</b>`;
		expect(html`<p>${piece}${['a', html`<br>`]}${undefined}${false}${0}</p>`.text).toBe(
			'<p><b>&#60;i&#62;&#38;&#34;&#39;</b>a<br>0</p>',
		);
	});
});

describe('pages of the local Tally', () => {
	let tally: LocalTally;

	const textAt = async (path: string): Promise<string> => await (await fetch(tally.url + path)).text();

	/** The names under which a browser sends what is entered for a question. */
	const inputFor = (title: string): string => {
		const found = formPage.split('class="question"').find((part) => part.includes(title));
		return /name="(\w+)/.exec(found ?? '')?.[1] ?? '';
	};
	let formPage = '';

	beforeEach(async () => {
		tally = await startTally({ timeScale: 1e-7 });
		formPage = await (await fetch(tally.formUrl())).text();
	});

	afterEach(async () => {
		await tally.close();
	});

	it('show every question with a label, and hidden fields filled from the address', async () => {
		expect(formPage.match(/class="question"/g)).toHaveLength(19);
		const ids = [...formPage.matchAll(/<(?:input|textarea|select) id="(\w+)"/g)].map(([, id]) => id);
		for (const id of ids) expect(formPage).toContain(`for="${id}"`);
		const prefilled = await textAt(`/r/${tally.formId}?utm_source=%22%3E%3Cscript%3E`);
		expect(prefilled).toContain('name="hidden.utm_source" value="&#34;&#62;&#60;script&#62;"');
	});

	it('let other pages frame a form', async () => {
		const framed = await fetch(`${tally.url}/embed/${tally.formId}?utm_source=in-app`);
		expect([framed.headers.get('x-frame-options'), framed.headers.get('content-security-policy')]).toEqual([
			null,
			null,
		]);
		expect(await framed.text()).toContain('name="hidden.utm_source" value="in-app"');
	});

	it('take what a browser sends, and show its delivery', async () => {
		const receiver = await startReceiver();
		try {
			await addWebhook(tally, receiver.url, { signingSecret: 's' });
			const form = new FormData();
			form.append('hidden.utm_source', 'newsletter');
			form.append(inputFor('name?'), 'Ada <Example>');
			form.append(inputFor('Rate us'), '4');
			form.append(inputFor('Topics'), 'Price');
			form.append(inputFor('Topics'), 'Service');
			form.append(inputFor('How did you hear'), 'Other');
			form.append(`${inputFor('How did you hear')}.other`, 'On the radio');
			form.append(inputFor('Which channels'), 'Email');
			form.append(inputFor('Which channels'), 'WhatsApp');
			form.append(`${inputFor('Which channels')}.order`, 'WhatsApp\nEmail');
			form.append(inputFor('What matters'), 'Design');
			form.append(inputFor('Anything else'), 'One\r\nTwo');
			form.append(inputFor('picture'), new File(['hello'], 'a b.txt', { type: 'text/plain' }));
			form.append(inputFor('Sign here'), 'data:image/png;base64,iVBORw0KGgo=');
			const response = await fetch(tally.formUrl(), {
				method: 'POST',
				body: form,
				redirect: 'manual',
			});
			expect(response.status).toBe(303);
			await tally.settled();

			const [delivery] = tally.deliveries();
			const fields = delivery?.payload.data.fields ?? [];
			const valueOf = (label: string): unknown => {
				const field = fields.find((found) => found.label === label);
				const texts = new Map(field?.options?.map(({ id, text }) => [id, text]));
				const { value } = field ?? { value: null };
				if (!Array.isArray(value)) return value;
				return value.map((entry) => (typeof entry === 'string' ? (texts.get(entry) ?? entry) : entry));
			};
			expect(valueOf("What's your name?")).toBe('Ada <Example>');
			expect(valueOf('Rate us')).toBe(4);
			expect(valueOf('Topics')).toEqual(['Price', 'Service']);
			expect(valueOf('How did you hear about us?')).toEqual(['On the radio']);
			expect(valueOf('Which channels do you use?')).toEqual(['WhatsApp', 'Email']);
			expect(valueOf('What matters most?')).toEqual(['Design', 'Speed', 'Support']);
			expect(valueOf('Anything else?')).toBe('One\nTwo');
			expect(valueOf('Your email')).toBeNull();
			expect(valueOf('utm_source')).toBe('newsletter');
			expect(valueOf('Sign here')).toEqual([expect.objectContaining({ mimeType: 'image/png', size: 8 })]);

			const [file] = valueOf('Show us a picture') as Array<{ url: string; name: string }>;
			expect(file?.name).toBe('a b.txt');
			expect(await (await fetch(file?.url ?? '')).text()).toBe('hello');
			const forged = (file?.url ?? '').replace(/signature=\w/, 'signature=x');
			expect((await fetch(forged)).status).toBe(404);

			const thanks = response.headers.get('location') ?? '';
			const id = delivery?.payload.data.submissionId ?? 'none';
			expect(await textAt(thanks)).toContain(id);
			expect(await firstPiece(`${tally.url}${thanks}/live`)).toContain('Delivered');
			const preview = await fetch(delivery?.payload.data.submissionPreviewUrl ?? '');
			expect(await preview.text()).toContain('Ada &#60;Example&#62;');
			const overview = await firstPiece(`${tally.url}/live`);
			for (const shown of ['Feedback', receiver.url, id]) expect(overview).toContain(shown);
		} finally {
			await receiver.close();
		}
	});

	it('say when no webhook waits', async () => {
		const { submissionId } = await tally.submit();
		expect(await textAt(`/r/${tally.formId}/thanks/${submissionId}`)).toContain('No webhook was waiting');
	});

	it('have nothing for a form in the trash or a body that is no form', async () => {
		const headers = { 'Content-Type': 'multipart/form-data; boundary=x' };
		const broken = await fetch(tally.formUrl(), { method: 'POST', headers, body: 'nothing' });
		expect(broken.status).toBe(400);
		tally.trashForm(tally.formId);
		expect((await fetch(tally.formUrl())).status).toBe(404);
	});
});

describe('page of the local CleverTap', () => {
	it('shows profiles and events, newest first', async () => {
		const clevertap = await startCleverTap();
		try {
			expect(await (await fetch(clevertap.pageUrl())).text()).toContain('None yet');
			await upload(clevertap, [
				{
					identity: '7',
					type: 'profile',
					profileData: { Name: '<b>Ada</b>', Tags: { $add: ['x, y'] } },
				},
				{ identity: '7', type: 'event', evtName: 'First', evtData: {} },
				{ identity: '7', type: 'event', evtName: 'Second', evtData: { Rating: 5 } },
			]);
			const piece = await firstPiece(`${clevertap.url}/live`);
			expect(piece).toContain('&#60;b&#62;Ada');
			expect(piece).toContain('>x, y<');
			expect(piece.indexOf('Second')).toBeLessThan(piece.indexOf('First'));
			expect(clevertap.requests()).toHaveLength(1);
		} finally {
			await clevertap.close();
		}
	});
});
