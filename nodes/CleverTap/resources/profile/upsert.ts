import { identifierFields, readIdentifier } from '../../fields/identifier';
import { readUploadOptions, uploadOptions } from '../../fields/options';
import { propertiesFields } from '../../fields/properties';
import { readTimestamp, timestampField } from '../../fields/timestamp';
import type { Operation } from '../../operation';
import { fitProperties } from '../../properties/fit';
import { readProperties, type PropertiesMode } from '../../properties/read';
import { uploadItems } from '../../upload/uploadItems';
import { isRefused } from '../../upload/verdict';

export const upsert: Operation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update profile',
	description: 'Create a new profile, or update the current one if it already exists (upsert)',
	fields: [
		...identifierFields,
		...propertiesFields('profile'),
		timestampField,
		uploadOptions('profile'),
	],

	async execute() {
		const options = readUploadOptions.call(this);

		return await uploadItems.call(this, options, (item) => {
			const user = readIdentifier.call(this, item);
			if (isRefused(user)) return user;
			const time = readTimestamp.call(this, item);
			if (isRefused(time)) return time;

			const mode = this.getNodeParameter('propertiesMode', item, 'fields') as PropertiesMode;
			const entries = readProperties.call(this, mode, item);
			if (isRefused(entries)) return entries;
			const fitted = fitProperties(entries, {
				...options,
				target: 'profile',
				operators: mode === 'json',
				chargedItems: false,
			});
			if (isRefused(fitted)) return fitted;

			return {
				item,
				user: `${user.kind}:${user.value}`,
				adjusted: fitted.adjusted,
				record: {
					[user.kind]: user.value,
					...time,
					type: 'profile',
					profileData: fitted.properties,
				},
			};
		});
	},
};
