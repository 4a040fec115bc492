/** A piece of HTML whose texts are escaped already. */
export class Html {
	constructor(readonly text: string) {}
}

type Part = Html | string | number | undefined | false | readonly Part[];

/**
 * Builds HTML: pieces are put in as they are, everything else is escaped; `undefined` and `false`
 * leave nothing.
 */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
	return new Html(strings.map((text, index) => text + render(parts[index])).join(''));
}

function render(part: Part): string {
	if (part === undefined || part === false) return '';
	if (part instanceof Html) return part.text;
	if (typeof part === 'object') return part.map(render).join('');
	return String(part).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

export interface PageOptions {
	title: string;
	/** What the page belongs to, shown at its top. */
	service: string;
	/** Paths of style sheets and scripts of this page alone. */
	styles?: string[];
	scripts?: string[];
	body: Html;
}

/** A whole document in the sandbox's look. */
export function page({ title, service, styles = [], scripts = [], body }: PageOptions): string {
	return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · ${service}</title>
<link rel="icon" href="data:,">
${['/look.css', ...styles].map((path) => html`<link rel="stylesheet" href="${path}">`)}
${['/live.js', ...scripts].map((path) => html`<script src="${path}" defer></script>`)}
</head>
<body>
<header class="banner"><a href="/">${service}</a> <span>A stand-in on this machine, not the real service.</span></header>
<main>
${body}
</main>
</body>
</html>`.text;
}
