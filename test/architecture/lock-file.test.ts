import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';

const root = path.join(import.meta.dirname, '../..');
const dependencies = z.record(z.string(), z.string()).default({});
const Manifest = z.object({ dependencies, devDependencies: dependencies });
const Lock = z.object({
  packages: z.record(z.string(), z.object({ dependencies, devDependencies: dependencies, optionalDependencies: dependencies })),
});
const manifest = Manifest.parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')));
const { packages } = Lock.parse(JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')));

it('locks what package.json asks for: npm ci refuses anything else', () => {
  const { dependencies = {}, devDependencies = {} } = packages[''] ?? {};
  expect({ dependencies, devDependencies }).toEqual({
    dependencies: manifest.dependencies,
    devDependencies: manifest.devDependencies,
  });
});

it("names every platform's packages: npm leaves out those that the registry at hand lacks, and then npm ci refuses the lock", () => {
  const missing = Object.entries(packages).flatMap(([place, { optionalDependencies }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !(`node_modules/${name}` in packages) && !(`${place}/node_modules/${name}` in packages),
    ),
  );
  expect(missing).toEqual([]);
});
