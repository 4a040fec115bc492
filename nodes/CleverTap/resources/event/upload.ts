import { eventNameField, readEventName } from '../../fields/eventName';
import { identifierFields, readIdentifier } from '../../fields/identifier';
import { readUploadOptions, uploadOptions } from '../../fields/options';
import { propertiesFields } from '../../fields/properties';
import { readTimestamp, timestampField } from '../../fields/timestamp';
import type { Operation } from '../../operation';
import { fitProperties } from '../../properties/fit';
import { readProperties, type PropertiesMode } from '../../properties/read';
import { uploadItems } from '../../upload/uploadItems';
import { isRefused } from '../../upload/verdict';

export const upload: Operation = {
	value: 'upload',
	name: 'Upload',
	action: 'Upload event',
	description: 'Record that a user did something',
	fields: [
		...identifierFields,
		eventNameField,
		...propertiesFields('event'),
		timestampField,
		uploadOptions('event'),
	],

	async execute() {
		const options = readUploadOptions.call(this);

		return await uploadItems.call(this, options, (item) => {
			const user = readIdentifier.call(this, item);
			if (isRefused(user)) return user;
			const event = readEventName.call(this, item);
			if (isRefused(event)) return event;
			const time = readTimestamp.call(this, item);
			if (isRefused(time)) return time;

			const mode = this.getNodeParameter('propertiesMode', item, 'fields') as PropertiesMode;
			const entries = readProperties.call(this, mode, item);
			if (isRefused(entries)) return entries;
			const fitted = fitProperties(entries, {
				...options,
				target: 'event',
				operators: false,
				chargedItems: event.name === 'Charged',
			});
			if (isRefused(fitted)) return fitted;

			return {
				item,
				user: `${user.kind}:${user.value}`,
				adjusted: [...event.adjusted, ...fitted.adjusted],
				record: {
					[user.kind]: user.value,
					...time,
					type: 'event',
					evtName: event.name,
					evtData: fitted.properties,
				},
			};
		});
	},
};
