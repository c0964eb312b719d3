/**
 * Korean particles have two forms, by the last sound of what stands before them. Catalogues write both; here one is chosen.
 * What a Latin letter or a digit sounds like is what a Korean reader says: S3 is 에스삼, NAT is 낫, RDS is 알디에스.
 */

/** How a word ends: on a vowel, on ㄹ (which 로 treats as a vowel), on another consonant; undefined when it cannot be told. */
type Ending = 'vowel' | 'rieul' | 'consonant' | undefined;

const HANGUL_FIRST = 0xac00;
const HANGUL_LAST = 0xd7a3;
const FINALS = 28;
const RIEUL = 8;

/** 영 일 이 삼 사 오 육 칠 팔 구; tens, hundreds and thousands end on a consonant like zero does. */
const DIGITS: readonly Ending[] = [
  ...(['consonant', 'rieul', 'vowel', 'consonant', 'vowel'] as const),
  ...(['vowel', 'consonant', 'rieul', 'rieul', 'vowel'] as const),
];

/** Letters read one by one: 엘, 엠, 엔, 알; all others end on a vowel. */
const letterEnding = (letter: string): Ending => {
  if (/[LR]/i.test(letter)) return 'rieul';
  return /[MN]/i.test(letter) ? 'consonant' : 'vowel';
};

/** Words that are not read as their spelling suggests, in lower case. */
const WORDS: Readonly<Record<string, Ending>> = {
  mysql: 'rieul',
  postgresql: 'rieul',
  sql: 'rieul',
  nat: 'consonant',
  iam: 'consonant',
  ram: 'consonant',
  pulumi: 'vowel',
  cloudfront: 'vowel',
  fargate: 'vowel',
  bucket: 'consonant',
  route: 'vowel',
  one: 'consonant',
  zone: 'consonant',
  name: 'consonant',
};

function wordEnding(word: string): Ending {
  const known = WORDS[word.toLowerCase()];
  if (known !== undefined) return known;
  if (word.length === 1 || word === word.toUpperCase()) return letterEnding(word.at(-1) ?? '');
  const low = word.toLowerCase();
  if (/(l|le)$/.test(low)) return 'rieul';
  if (/(m|n|ng|me|ne)$/.test(low)) return 'consonant';
  // A stop after one short vowel closes the syllable: 그룹, 스택, 웹; after a consonant it gets a vowel of its own: 호스트.
  return /(^|[^aeiou])[aeiou][ptkbc]$|ck$/.test(low) ? 'consonant' : 'vowel';
}

/** The ending of the last thing that is read aloud: closing quotes and a remark in brackets are not. */
function endingOf(before: string): Ending {
  const said = before.replace(/[\s"'”’»」』`*_]+$/u, '').replace(/(?<=\S)\s*[([][^()[\]]*[)\]]$/u, '');
  const read = said.replace(/[^\p{L}\p{N}]+$/u, '');
  const last = read.codePointAt(read.length - 1);
  if (last === undefined) return undefined;
  if (last >= HANGUL_FIRST && last <= HANGUL_LAST) {
    const final = (last - HANGUL_FIRST) % FINALS;
    if (final === 0) return 'vowel';
    return final === RIEUL ? 'rieul' : 'consonant';
  }
  const digit = /[0-9]$/.exec(read);
  if (digit) return DIGITS[Number(digit[0])];
  const word = /[A-Za-z]+$/.exec(read);
  if (!word) return undefined;
  // `ap-northeast-2a`, `i-0abc`: letters beside a digit are spelled.
  const spelled = /[0-9][A-Za-z]*$/.test(read);
  return spelled ? letterEnding(read.at(-1) ?? '') : wordEnding(word[0]);
}

interface Particle {
  readonly afterConsonant: string;
  readonly afterVowel: string;
  readonly rieulAsVowel?: boolean;
}

const pair = (afterConsonant: string, afterVowel: string): Particle => ({ afterConsonant, afterVowel });
const PAIRS: Readonly<Record<string, Particle>> = {
  '은/는': pair('은', '는'),
  '는/은': pair('은', '는'),
  '이/가': pair('이', '가'),
  '가/이': pair('이', '가'),
  '을/를': pair('을', '를'),
  '를/을': pair('을', '를'),
  '와/과': pair('과', '와'),
  '과/와': pair('과', '와'),
  '(으)로': { afterConsonant: '으로', afterVowel: '로', rieulAsVowel: true },
  '으로/로': { afterConsonant: '으로', afterVowel: '로', rieulAsVowel: true },
  '(이)': pair('이', ''),
};
const WRITTEN = /은\/는|는\/은|이\/가|가\/이|을\/를|를\/을|와\/과|과\/와|\(으\)로|으로\/로|\(이\)(?=[가-힣])/gu;

/** Chooses every particle that is written both ways; one whose ground cannot be told is written `은(는)`. */
export function chosen(text: string): string {
  return text.replace(WRITTEN, (both, at: number, whole: string) => {
    const particle = PAIRS[both];
    if (!particle) return both;
    const ending = endingOf(whole.slice(0, at));
    if (ending === undefined) return both.startsWith('(') ? both : `${particle.afterConsonant}(${particle.afterVowel})`;
    const vowel = ending === 'vowel' || (ending === 'rieul' && particle.rieulAsVowel === true);
    return vowel ? particle.afterVowel : particle.afterConsonant;
  });
}
