import { changesField, changesReader, withChanges } from '../../fields/changes';
import { identifierFields, identifierReader, userKey } from '../../fields/identifier';
import { readUploadOptions, uploadOptions } from '../../fields/options';
import { propertiesFields } from '../../fields/properties';
import { timestampField, timestampReader } from '../../fields/timestamp';
import type { Operation } from '../../operation';
import { isRefused } from '../../upload/verdict';

export const upsert: Operation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update profile',
	description: 'Create a new profile, or update the current one if it already exists (upsert)',
	fields: [...identifierFields, ...propertiesFields('profile'), changesField, timestampField, uploadOptions('profile')],

	async execute({ fitProperties, PreparedItem, propertiesReader, uploadItems }) {
		const options = readUploadOptions.call(this);
		const profileFit = { ...options, target: 'profile' as const };
		const userOf = identifierReader.call(this);
		const timeOf = timestampReader.call(this);
		const propertiesOf = propertiesReader.call(this);
		const changesOf = changesReader.call(this);

		return await uploadItems.call(this, options, (item) => {
			const user = userOf(item);
			if (isRefused(user)) return user;
			const time = timeOf(item);
			if (isRefused(time)) return time;
			const properties = propertiesOf(item);
			if (isRefused(properties)) return properties;
			const changes = changesOf(item);
			if (isRefused(changes)) return changes;

			const { entries, adjusted } = withChanges(properties, changes);
			const fitted = fitProperties(entries, profileFit);
			if (isRefused(fitted)) return fitted;

			// A copy of this becomes the record; why none is written out, PreparedItem says.
			const root = { [user.kind]: user.value, ...time };
			return new PreparedItem(
				item,
				userKey(user),
				undefined,
				{ status: 'accepted', sent: 'profile', [user.kind]: user.value },
				[...adjusted, ...fitted.adjusted],
				{ ...root, type: 'profile', profileData: fitted.properties },
			);
		});
	},
};
