import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import { formIn } from '../forms/parameter';
import { isId, isRecord, numberIn } from '../narrowing';
import type { Line } from '../transport/line';

/** One input item of a run: what the node's fields hold for it, checked. */
export class Input {
	constructor(
		readonly context: IExecuteFunctions,
		readonly item: number,
		readonly line: Line,
	) {}

	/** What a field holds; of a resource locator the value, whatever its mode. */
	value(name: string): unknown {
		const value: unknown = this.context.getNodeParameter(name, this.item, null);
		return isRecord(value) && value.__rl === true ? value.value : value;
	}

	/** A collection's fields that are filled in. */
	collection(name: string): IDataObject {
		const fields: unknown = this.context.getNodeParameter(name, this.item, {});
		if (!isRecord(fields)) return {};
		const filled = Object.entries(fields).flatMap(([key, value]): Array<[string, unknown]> => {
			const plain = isRecord(value) && value.__rl === true ? value.value : value;
			return plain === undefined || plain === null || plain === '' ? [] : [[key, plain]];
		});
		return Object.fromEntries(filled) as IDataObject;
	}

	/** Whether a switch is on. */
	isOn(name: string): boolean {
		return this.value(name) === true;
	}

	/** @throws NodeOperationError if none is chosen, or if what was typed is no form */
	form(): string {
		return formIn(this.value('formId'), this.context.getNode());
	}

	/** A text that must be there. */
	text(name: string, label: string): string {
		return this.checkedText(this.value(name), label);
	}

	/** The text, if there is something in it. */
	checkedText(value: unknown, label: string): string {
		const text = typeof value === 'number' ? String(value) : value;
		if (typeof text !== 'string' || text.trim() === '') {
			throw this.wrong(`"${label}" is empty`, 'Fill it in, or map a field that every item has.');
		}
		return text.trim();
	}

	/** The entries of a list that must not be empty: an array, or a text with commas. */
	listOf(name: string, label: string): string[] {
		const entries = entriesOf(this.value(name));
		if (entries.length > 0) return entries;
		throw this.wrong(`"${label}" is empty`, 'Fill it in, or map a field that every item has.');
	}

	/** An ID that must be there. */
	id(name: string, label: string): string {
		return this.checkedId(this.text(name, label), label);
	}

	/** An ID that may be left empty; whatever else is no ID must not pass for that. */
	optionalId(name: string, label: string): string | undefined {
		const value = this.value(name);
		const isEmpty = value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
		return isEmpty ? undefined : this.checkedId(value, label);
	}

	/** The text, if it is an ID. */
	checkedId(value: unknown, label: string): string {
		const given = typeof value === 'number' ? String(value) : value;
		const text = typeof given === 'string' ? given.trim() : given;
		if (isId(text)) return text;
		const isAddress = typeof text === 'string' && /[/:]/.test(text);
		throw this.wrong(
			`The value of "${label}" is ${isAddress ? 'an address' : 'not an ID'}`,
			`"${label}" takes an ID as Tally gives it: letters and digits, nothing else.`,
		);
	}

	/** How many results are wanted; `undefined` for all. */
	limit(): number | undefined {
		if (this.isOn('returnAll')) return undefined;
		return this.count(this.value('limit') ?? 50, 'Limit');
	}

	/** A whole number from 1. */
	count(value: unknown, label: string): number {
		const number = numberIn(value);
		if (Number.isInteger(number) && number >= 1) return number;
		throw this.wrong(`"${label}" is not a whole number from 1`, 'Enter a number such as 50.');
	}

	/** The error for a value of this item that can't be used. */
	wrong(message: string, description: string): NodeOperationError {
		return new NodeOperationError(this.context.getNode(), message, {
			description,
			itemIndex: this.item,
		});
	}
}

/** The texts and numbers of an array, or of a text with commas or semicolons between them. */
export function entriesOf(value: unknown): string[] {
	return [value]
		.flat()
		.map((entry): unknown => (typeof entry === 'number' ? String(entry) : entry))
		.flatMap((entry) => (typeof entry === 'string' ? entry.split(/[,;]/) : []))
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');
}
