/** How a form is shown elsewhere: by a link, in a frame within a page, in one that fills it, or over a page. */
export type EmbedKind = 'link' | 'standard' | 'fullPage' | 'popup';

/** A hidden field of the form, and what is to be in it. */
export interface HiddenField {
	name: string;
	value: string;
	/** Whether another system fills in the value: what it knows as a template goes out as it is. */
	isTemplate?: boolean;
}

/** What is to be shown, and how. */
export interface Embed {
	formId: string;
	/** What whoever can't see the form reads in its place. */
	title: string;
	kind: EmbedKind;
	/** Each name once. */
	hidden: readonly HiddenField[];
	isAlignedLeft?: boolean;
	hasNoTitle?: boolean;
	isTransparent?: boolean;
	/** Of a standard embed: it is as high as the form. Needs Tally's script. */
	isAsHighAsForm?: boolean;
	/** In an in-app message of an iPhone it stays there. */
	isForIos?: boolean;
}

const TALLY = 'https://tally.so';
/** What fills in the frames, and opens pop-ups (https://developers.tally.so/widgets/embeds). */
const SCRIPT = `${TALLY}/widgets/embed.js`;
/** In pixels, where the form does not say it itself. */
const HEIGHT = 500;

/** What of an address says how a form looks, in Tally's words; no hidden field can be called so. */
export const RESERVED_NAMES: readonly string[] = [
	'alignLeft',
	'dynamicHeight',
	'formEventsForwarding',
	'hideTitle',
	'originPage',
	'playsinline',
	'transparentBackground',
];

/**
 * The address of a form with its hidden fields, and the HTML that shows it.
 *
 *     {formId: 'GxdRaQ', title: 'Feedback', kind: 'link', hidden: [
 *       {name: 'ref', value: 'a&b'}, {name: 'who', value: '{{ Profile.Identity }}', isTemplate: true}]}
 *     → {url: 'https://tally.so/r/GxdRaQ?ref=a%26b&who={{ Profile.Identity }}', html: '<a href="…">Feedback</a>'}
 *
 * Of a pop-up the address is what a link on the page leads to: `#tally-open=GxdRaQ&…`.
 */
export function embedCode(embed: Embed): { url: string; html: string } {
	const url = addressOf(embed);
	const address = attribute(url);
	const title = escapeHtml(embed.title);
	switch (embed.kind) {
		case 'link':
			return { url, html: `<a href=${address}>${title}</a>` };
		case 'popup':
			return { url, html: `<a href=${address}>${title}</a>\n<script async src="${SCRIPT}"></script>` };
		case 'standard':
			return { url, html: embed.isAsHighAsForm ? growingFrame(address, title) : frame(`src=${address}`, title) };
		case 'fullPage':
			return { url, html: wholePage(address, title) };
	}
}

/** The flags are those of https://developers.tally.so/widgets/embeds, and of the links that open pop-ups. */
function addressOf(embed: Embed): string {
	const { formId, kind } = embed;
	const isPopup = kind === 'popup';
	const flags: Array<[name: string, isOn: boolean | undefined]> = isPopup
		? [
				['tally-align-left', embed.isAlignedLeft],
				['tally-hide-title', embed.hasNoTitle],
			]
		: [
				['alignLeft', embed.isAlignedLeft],
				['hideTitle', embed.hasNoTitle],
				['transparentBackground', embed.isTransparent],
				['dynamicHeight', embed.isAsHighAsForm],
				// iOS lets a frame of an in-app load only what says so; all else opens in the browser.
				['playsinline', embed.isForIos],
			];
	const query = [
		...flags.flatMap(([name, isOn]) => (isOn ? [`${name}=1`] : [])),
		...embed.hidden.map(
			({ name, value, isTemplate }) =>
				`${encoded(name)}=${isTemplate ? encodedAroundTemplates(value) : encoded(value)}`,
		),
	];
	if (isPopup) return [`#tally-open=${formId}`, ...query].join('&');
	const path = `${TALLY}/${kind === 'link' ? 'r' : 'embed'}/${formId}`;
	return query.length === 0 ? path : `${path}?${query.join('&')}`;
}

/** Half a surrogate pair is no character; as everywhere on the web it becomes U+FFFD. */
function encoded(text: string): string {
	return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}

function encodedAroundTemplates(value: string): string {
	return cutAtTemplates(value)
		.map((part, index) => (index % 2 === 0 ? encoded(part) : part))
		.join('');
}

/**
 * Cuts a text at the templates in it, `{{ … }}` and `{% … %}`: text, template, text, and so on.
 *
 *     'id-{{ Profile.Identity }}.' → ['id-', '{{ Profile.Identity }}', '.']
 *
 * What is not closed is text.
 */
export function cutAtTemplates(text: string): string[] {
	// What is not there is not looked for again and again.
	const lastAt: Readonly<Record<string, number>> = { '}}': text.lastIndexOf('}}'), '%}': text.lastIndexOf('%}') };
	const parts: string[] = [];
	let end = 0;
	for (let start = text.indexOf('{'); start >= 0; start = text.indexOf('{', start)) {
		const closing = text[start + 1] === '{' ? '}}' : '%}';
		const isOpened = text[start + 1] === '{' || text[start + 1] === '%';
		if (!isOpened || (lastAt[closing] ?? -1) < start + 2) {
			start++;
			continue;
		}
		const close = text.indexOf(closing, start + 2) + closing.length;
		parts.push(text.slice(end, start), text.slice(start, close));
		end = start = close;
	}
	return [...parts, text.slice(end)];
}

/**
 * An attribute's value in quotes. Templates stay what they are: they are filled in before a browser reads the HTML,
 * and the quotes are others than theirs, for editors that read it earlier.
 */
function attribute(url: string): string {
	const parts = cutAtTemplates(url);
	const templates = parts.filter((_part, index) => index % 2 === 1).join('');
	const quote = templates.includes('"') && !templates.includes("'") ? "'" : '"';
	return `${quote}${parts.map((part, index) => (index % 2 === 0 ? escapeHtml(part) : part)).join('')}${quote}`;
}

/** Curly brackets, too: a title must not pass for a template. */
function escapeHtml(text: string): string {
	return text.replace(/[&<>"'{}]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function frame(source: string, title: string): string {
	return `<iframe ${source} title="${title}" loading="lazy" width="100%" height="${HEIGHT}" style="border: 0"></iframe>`;
}

/** With the script the frame grows with the form; where that is blocked, the form is shown all the same. */
function growingFrame(address: string, title: string): string {
	const plainly = "document.querySelectorAll('iframe[data-tally-src]').forEach((f) => { f.src = f.dataset.tallySrc; })";
	return [
		frame(`data-tally-src=${address}`, title),
		`<script async src="${SCRIPT}" onload="Tally.loadEmbeds()" onerror="${plainly}"></script>`,
	].join('\n');
}

/** Android puts a style of its own in the place of `<head>`, which must stand there without attributes. */
function wholePage(address: string, title: string): string {
	return [
		'<!DOCTYPE html>',
		'<html>',
		'<head>',
		'<meta charset="utf-8">',
		'<meta name="viewport" content="width=device-width, initial-scale=1">',
		`<title>${title}</title>`,
		'<style>',
		'html, body { height: 100%; margin: 0; }',
		'iframe { display: block; width: 100%; height: 100%; border: 0; }',
		'</style>',
		'</head>',
		'<body>',
		`<iframe src=${address} title="${title}"></iframe>`,
		'</body>',
		'</html>',
	].join('\n');
}
