/** Every format that the program is given, and how it is fuzzed. */
import type { Door } from './door.ts';
import { declaredDoors } from './doors/declared.ts';
import { inputDoors } from './doors/inputs.ts';
import { logDoors } from './doors/logs.ts';
import { wishDoors } from './doors/wishes.ts';

export const doors = (): readonly Door[] => [...inputDoors(), ...declaredDoors(), ...logDoors(), ...wishDoors()];
