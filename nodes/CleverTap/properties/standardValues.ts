import { visibleText } from '../../shared/text';
import { dateProperty } from './dateProperty';
import { readPhone } from './phone';

/** A value of one of CleverTap's own properties, or why it can't be sent as it is. */
export type StandardValue =
	| { readonly value: unknown; readonly isChanged: boolean }
	/** It must not go out as text; what to write instead. */
	| { readonly advice: string };

/** Words by what they are brought to; no word stands twice in a table. */
function table<T>(words: ReadonlyArray<readonly [T, string]>): ReadonlyMap<string, T> {
	return new Map(words.flatMap(([value, list]) => list.split(',').map((word): [string, T] => [word.trim(), value])));
}

/**
 * Words that mean one thing in a field of this name, in English, German, French, Spanish, Italian, Portuguese,
 * Dutch, Polish and some others. What can mean two (Spanish `M` is a woman, `h` a man) is left to CleverTap.
 */
const GENDER = table([
	['F', 'f, w, female, woman, girl, lady, mrs, ms, miss, ♀, weiblich, frau, dame, mädchen'],
	['F', 'femme, féminin, féminine, feminin, madame, mme, mujer, femenino, femenina, hembra, señora, femenil'],
	['F', 'donna, femmina, femminile, mulher, feminino, feminina, vrouw, vrouwelijk, kobieta, żeńska, żeński'],
	['F', 'kvinna, kvinnlig, kvinde, kvinne, kvindelig, kvinnelig, nainen, kadın, женский, женщина, жен'],
	['F', '女, 女性, 여성, 여자'],
	['M', 'm, male, man, boy, mr, ♂, männlich, mann, herr, junge'],
	['M', 'homme, masculin, monsieur, hombre, masculino, varón, varon, señor, uomo, maschio, maschile, homem'],
	['M', 'mannelijk, mężczyzna, męska, męski, manlig, mand, mandlig, mannlig, mies, erkek, мужской, мужчина, муж'],
	['M', '男, 男性, 남성, 남자'],
]);

const YES_OR_NO = table([
	[true, 'y, yes, true, 1, on, yeah, yep, ja, j, jawohl, oui, vrai, sí, si, verdadero, sì, vero, sim, verdadeiro'],
	[
		true,
		't, sant, sand, sann, tosi, pravda, igaz, adevărat, истина, doğru, tak, prawda, waar, wahr, kyllä, evet, да, はい, 是, 예, 네, ✓, ✔, ✅, ☑',
	],
	[false, 'n, no, false, 0, off, nope, nein, falsch, non, faux, falso, não, nao, nee, onwaar, nie, fałsz, nej, nei'],
	[
		false,
		'f, falskt, falsk, usann, epätosi, nepravda, hamis, fals, ложь, yanlış, yanliş, hayır, нет, いいえ, 否, 아니요, ✗, ✘, ❌, ☐',
	],
]);

const MARRIED = table([
	[true, 'married, verheiratet, marié, mariée, marie, casado, casada, sposato, sposata, coniugato, coniugata'],
	[true, 'gehuwd, getrouwd, żonaty, zamężna, gift'],
	[false, 'single, unmarried, not married, never married, divorced, widowed, ledig, unverheiratet, geschieden'],
	[false, 'verwitwet, célibataire, divorcé, divorcée, veuf, veuve, soltero, soltera, divorciado, divorciada'],
	[false, 'viudo, viuda, celibe, nubile, divorziato, divorziata, vedovo, vedova, solteiro, solteira, viúvo, viúva'],
	[false, 'ongehuwd, ongetrouwd, gescheiden, kawaler, panna, rozwiedziony, rozwiedziona'],
]);

const EMPLOYED = table([
	[true, 'employed, full-time, full time, part-time, part time, employed full-time, employed part-time'],
	[true, 'angestellt, berufstätig, erwerbstätig, employé, employée, salarié, salariée, empleado, empleada'],
	[true, 'occupato, occupata, empregado, empregada, zatrudniony, zatrudniona'],
	[false, 'unemployed, not employed, jobless, arbeitslos, arbeitssuchend, arbeitsuchend, sans emploi, chômeur'],
	[false, 'chômeuse, au chômage, desempleado, desempleada, en paro, disoccupato, disoccupata, desempregado'],
	[false, 'desempregada, werkloos, bezrobotny, bezrobotna'],
]);

const EDUCATION = table([
	['School', 'school, high school, highschool, secondary school, middle school, primary school, elementary school'],
	['School', 'schule, gymnasium, realschule, hauptschule, école, lycée, escuela, instituto, scuola, liceo, escola'],
	['School', 'ensino médio, middelbare school, szkoła, liceum'],
	['College', 'college, some college, community college, undergraduate'],
	[
		'Graduate',
		'graduate, graduated, postgraduate, post-graduate, post graduate, college graduate, bachelor, bachelors',
	],
	['Graduate', 'bachelor’s, bachelor’s degree, bachelors degree, bachelor degree, master, masters, master’s'],
	['Graduate', 'master’s degree, masters degree, master degree, phd, ph.d, doctorate, doctoral degree'],
	['Graduate', 'graduate degree, university degree, hochschulabschluss, universitätsabschluss, postgrado, posgrado'],
]);

/** Of flags that say whether somebody may be written to; those of "do not disturb" mean the contrary. */
const SUBSCRIBED = table([
	[true, 'subscribed, subscribe, opted in, opted-in, opt in, opt-in, optin'],
	[false, 'unsubscribed, unsubscribe, opted out, opted-out, opt out, opt-out, optout'],
]);

const ADVICE_ON_DATES = 'Write it as 1990-03-05.';
/**
 * 1905-01-01; nobody alive is older. Sheets and databases write 1899-12-30, 1900-01-01 or 0001-01-01 for nothing,
 * and other calendars have smaller years.
 */
const MIN_BIRTH_SECONDS = Date.UTC(1905, 0, 1) / 1000;

/**
 * Brings a value to what CleverTap holds under one of its own names: `Gender` `"Female"` → `F`,
 * `Employed` `"Yes"` → `Y`, `MSG-email` `"FALSE"` → `false`, `DOB` `"8 June 1955"` → `$D_-459734400`,
 * `Phone` `+44 (0)20 7946 0958` → `+442079460958`.
 *
 * Words that are not certain stay, and CleverTap judges. Only a birthday that can't be read gives advice in place
 * of a value: as a text it would be stored and be no date.
 *
 * @param name exactly as CleverTap spells it.
 */
export function standardValue(name: string, value: unknown): StandardValue {
	switch (name) {
		case 'Gender':
			return found(value, GENDER.get(word(value)));
		case 'Married':
			return found(value, asLetter(YES_OR_NO.get(word(value)) ?? MARRIED.get(word(value))));
		case 'Employed':
			return found(value, asLetter(YES_OR_NO.get(word(value)) ?? EMPLOYED.get(word(value))));
		case 'Education':
			return found(value, EDUCATION.get(word(value)));
		case 'Age':
			return found(value, age(value));
		case 'Phone':
			return typeof value === 'string' ? readPhone(value) : same(value);
		case 'DOB':
			return birthday(value);
		default:
			return name.startsWith('MSG-') ? found(value, flag(name, value)) : same(value);
	}
}

function same(value: unknown): StandardValue {
	return { value, isChanged: false };
}

function found(value: unknown, brought: string | boolean | undefined): StandardValue {
	return brought === undefined ? same(value) : { value: brought, isChanged: brought !== value };
}

/** A value as the tables have it: one kind of apostrophe, no case, no dot at the end. */
function word(value: unknown): string {
	const isSingle = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
	// No word is longer; nothing long is looked at.
	if (!isSingle || (typeof value === 'string' && value.length > 60)) return '';
	return visibleText(String(value))
		.normalize('NFKC')
		.toLowerCase()
		.replace('\ufe0f', '')
		.replaceAll("'", '’')
		.replace(/\.$/, '');
}

function asLetter(isYes: boolean | undefined): string | undefined {
	if (isYes === undefined) return undefined;
	return isYes ? 'Y' : 'N';
}

function flag(name: string, value: unknown): boolean | undefined {
	const isSubscription = !name.startsWith('MSG-dnd');
	return YES_OR_NO.get(word(value)) ?? (isSubscription ? SUBSCRIBED.get(word(value)) : undefined);
}

/** A whole number as text, which CleverTap takes, of what a sheet made of it: `34.0`, `34,0`, `３４`. */
function age(value: unknown): string | undefined {
	const parts = typeof value === 'string' ? /^(\d{1,3})(?:[.,]0+)?$/.exec(word(value).normalize('NFKC')) : null;
	return parts?.[1];
}

function birthday(value: unknown): StandardValue {
	const date = dateProperty(value);
	const isPossible = date !== undefined && Number(date.slice(3)) >= MIN_BIRTH_SECONDS;
	return isPossible ? { value: date, isChanged: date !== value } : { advice: ADVICE_ON_DATES };
}
