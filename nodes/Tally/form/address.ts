/**
 * Finds the form in an address: group 1 is the form's ID.
 *
 * Known addresses: the editor's and its neighbours (`tally.so/forms/<id>/edit`, `/share`,
 * `/submissions`), share links (`/r/<id>`), embeds and pop-ups (`/embed/<id>`, `/popup/<id>`,
 * `#tally-open=<id>` on one's own page), each with any query, and on a custom domain too.
 * Written as text because n8n hands it to the editor as JSON. No part looks at the same
 * characters again and again, so that a long text is not slow to refuse.
 */
export const FORM_ADDRESS = [
	// One word.
	'^(?=\\s*\\S+\\s*$)',
	// The host.
	'\\s*(?:https?://)?[^\\s/]+/',
	// In the path or query, else in the fragment.
	'(?:[^\\s#]*?(?:forms|r|embed|popup)/|[^\\s#]*#(?:\\S*?&)?tally-open=|\\S*?(?:forms|r|embed|popup)/)',
	'([A-Za-z0-9]+)(?![^/?#&\\s])[\\s\\S]*$',
].join('');

/** What a form's ID looks like; its length has changed over the years. */
const FORM_ID = /^\s*[A-Za-z0-9]+\s*$/;

/** The page in Tally where the form is edited. */
export function editorAddress(formId: string): string {
	return `https://tally.so/forms/${formId}/edit`;
}

/** No address of a form is nearly as long. */
const MAX_LENGTH = 2000;

/** The form's ID from what a person typed or an expression gave: an ID or an address. */
export function formIdFrom(typed: string): string | undefined {
	if (typed.length > MAX_LENGTH) return undefined;
	if (FORM_ID.test(typed)) return typed.trim();
	return new RegExp(FORM_ADDRESS).exec(typed)?.[1];
}
