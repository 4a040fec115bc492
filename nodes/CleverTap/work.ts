import { bulkItems } from './bulk/bulkItems';
import { searchSchema } from './listSearch/schemaNames';
import { fitProperties } from './properties/fit';
import { propertiesReader } from './properties/read';
import { readQuery } from './query/readQuery';
import { countItems } from './read/countItems';
import { simplifyEvent } from './read/event';
import { findProfile } from './read/lookup';
import { readPages } from './read/pages';
import { perItem } from './read/perItem';
import { simplifyProfile } from './read/profile';
import { networkLine } from './transport/ask';
import { PreparedItem } from './upload/record';
import { uploadItems } from './upload/uploadItems';

/** What the operations work with. It is loaded when the node first runs: n8n's start need not wait for it. */
export const work = {
	bulkItems,
	countItems,
	findProfile,
	fitProperties,
	networkLine,
	perItem,
	PreparedItem,
	propertiesReader,
	readPages,
	readQuery,
	searchSchema,
	simplifyEvent,
	simplifyProfile,
	uploadItems,
};
export type Work = typeof work;
