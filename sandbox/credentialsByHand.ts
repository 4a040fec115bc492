import type { ICredentialType } from 'n8n-workflow';
import { CleverTapAccountApi } from '../credentials/CleverTapAccountApi.credentials';
import { TallyAccountApi } from '../credentials/TallyAccountApi.credentials';
import type { CredentialDraft } from './n8n-client';

const types: readonly ICredentialType[] = [new TallyAccountApi(), new CleverTapAccountApi()];

/** What to enter for a credential, field by field, under the labels of the editor. */
export interface ByHand {
	/** As the editor lists it. */
	readonly credential: string;
	readonly fields: ReadonlyArray<readonly [label: string, value: string]>;
}

/** What one needs to make these credentials by hand; fields that stay as they are at first are left out. */
export function byHand(drafts: readonly CredentialDraft[]): ByHand[] {
	return types.flatMap(({ name, displayName, properties }) =>
		drafts
			.filter(({ type }) => type === name)
			.map(({ data }) => {
				const fields = new Map<string, string>();
				for (const { name: field, displayName: label, default: first, options = [] } of properties) {
					const value = data[field];
					if (value === first || (typeof value !== 'string' && value !== true)) continue;
					const choice = options.find((option) => 'value' in option && option.value === value);
					fields.set(label, choice?.name ?? (value === true ? 'on' : value));
				}
				return { credential: displayName, fields: [...fields] };
			}),
	);
}
