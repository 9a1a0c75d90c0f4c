/** The architecture's rules, checked by `npm run check`. Each comment is what somebody reads who broke one. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    rule('no-circular', 'Files that import each other cannot be read one at a time.', {}, { circular: true }),
    rule(
      'mappers-are-pure',
      'A mapper takes everything as an argument: types from elsewhere, code from other mappers and pure libraries only.',
      { path: '^shared/mappers/' },
      {
        pathNot: '^shared/mappers/|^node_modules/(zod|libphonenumber-js|country-to-currency)/',
        dependencyTypesNot: ['type-only'],
      },
    ),
    rule(
      'klaviyo-api-behind-klaviyo',
      'Only shared/klaviyo/ knows the SDK of Klaviyo.',
      { path: '^(functions|shared|tools)/', pathNot: '^shared/klaviyo/' },
      { path: '^node_modules/klaviyo-api/' },
    ),
    rule(
      'commercetools-sdk-behind-client',
      'Only the client of commercetools and its token know the SDK; the readers get the client.',
      { path: '^(functions|shared|tools)/', pathNot: '^shared/commercetools/(client|token)\\.ts$' },
      { path: '^node_modules/@commercetools/sdk-client-v2/' },
    ),
    rule(
      'platform-sdk-is-types-elsewhere',
      'The request builder belongs to the client; everybody else needs types only.',
      { path: '^(functions|shared|tools)/', pathNot: '^shared/commercetools/client\\.ts$' },
      { path: '^node_modules/@commercetools/platform-sdk/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'handlers-do-not-write',
      'The reading half reads and returns data: of shared/klaviyo/ it needs types only, and looks profiles up by its context.',
      { path: '^shared/(handlers/|mappers/|platform-format/|commercetools/|planner\\.ts)' },
      { path: '^shared/klaviyo/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'klaviyo-does-not-read',
      'What is to be written is in the plan; the one question that a conflict raises, who has an e-mail now, is asked by a function given at the start.',
      { path: '^shared/klaviyo/' },
      { path: '^shared/(commercetools/|handlers/|mappers/|platform-format/|planner\\.ts)' },
    ),
    rule(
      'handlers-get-their-context',
      'A handler gets everything by its context; the ambient attempt is for the calls of both SDKs.',
      { path: '^shared/(handlers|mappers)/' },
      { path: '^shared/attempt\\.ts$' },
    ),
    rule(
      'queues-are-entries',
      'A queue that is not Google’s is known to its entry alone, so that it costs the Google function nothing.',
      { path: '^(functions/(index|serve)\\.ts|shared/(?!queues/)|tools/)' },
      { path: '^shared/queues/' },
    ),
    rule(
      'production-without-tools',
      'What runs in production must not need tests or tools: neither is deployed.',
      { path: '^(functions|shared)/' },
      { path: '^(test|tools)/' },
    ),
    rule(
      'build-stands-alone',
      'gcloud uploads tools/build/ and no other tool, so the build needs nothing else of tools/ and test/.',
      { path: '^tools/build/' },
      { path: '^(test|tools)/', pathNot: '^tools/build/' },
    ),
    rule(
      'operator-without-doubles',
      'An operator runs these tools against a real deployment: no stand-in may be near.',
      { path: '^tools/(connect/|operator/|docs)' },
      { path: '^(test|tools/(bench|console|sandbox|soak))/' },
    ),
    rule(
      'programs-use-doubles-only',
      'The sandbox, the console, the bench and the soak are programs: of test/ they use the doubles and the fixtures, never a test.',
      { path: '^tools/(bench|console|sandbox|soak)/' },
      { path: '^test/', pathNot: '^test/(doubles|fixtures)/' },
    ),
    rule(
      'doubles-know-no-program',
      'A double serves tests and programs alike, so it knows neither.',
      { path: '^test/(doubles|fixtures)/' },
      { path: '^(tools|test)/', pathNot: '^test/(doubles|fixtures)/' },
    ),
    rule(
      'production-dependencies',
      'What runs in production must be a dependency, not a dev dependency.',
      { path: '^(functions|shared)/' },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    ),
    rule('resolvable', 'An import that cannot be found.', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
