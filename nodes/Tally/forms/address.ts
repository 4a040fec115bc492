/**
 * Finds the form in an address: group 1 is the form's ID.
 *
 * Known addresses: the editor's and its neighbours (`tally.so/forms/<id>/edit`, `/share`,
 * `/submissions`), share links (`/r/<id>`), embeds and pop-ups (`/embed/<id>`, `/popup/<id>`,
 * `#tally-open=<id>` on one's own page), each with any query, and on a custom domain too.
 * Written as text because n8n hands it to the editor as JSON.
 */
export const FORM_ADDRESS =
	'^\\s*(?:https?://)?[^\\s/]+/\\S*?(?:(?:forms|r|embed|popup)/|#(?:\\S*&)?tally-open=)([A-Za-z0-9]+)(?:[/?#&]\\S*)?\\s*$';

/** What a form's ID looks like; its length has changed over the years. */
export const FORM_ID = '^\\s*[A-Za-z0-9]+\\s*$';

/** The page in Tally where the form is edited. */
export function editorAddress(formId: string): string {
	return `https://tally.so/forms/${formId}/edit`;
}

/** The form's ID from what a person typed or an expression gave: an ID or an address. */
export function formIdFrom(typed: string): string | undefined {
	if (new RegExp(FORM_ID).test(typed)) return typed.trim();
	return new RegExp(FORM_ADDRESS).exec(typed)?.[1];
}
