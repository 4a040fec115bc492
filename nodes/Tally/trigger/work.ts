import { searchForms } from '../forms/search';
import { isRegistered, register, unregister } from './lifecycle';
import { receiveDelivery } from './receive';

/** What the trigger does when n8n asks for it. The node loads it only then: n8n's start waits for the rest alone. */
export const work = { isRegistered, register, unregister, receiveDelivery, searchForms };
