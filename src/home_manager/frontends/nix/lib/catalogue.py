"""Which names `lib` offers, and which Python modules describe each of its topics."""

from __future__ import annotations

TOPICS: dict[str, tuple[str, ...]] = {
    "trivial": ("trivial",),
    "fixedPoints": ("fixed_points",),
    "attrsets": ("attrsets", "attrset_paths"),
    "lists": ("lists", "list_orders"),
    "strings": ("strings", "escaping", "text_numbers"),
    "stringsWithDeps": ("text_closure",),
    "customisation": ("customisation", "scopes"),
    "derivations": ("derivations",),
    "meta": ("meta",),
    "versions": ("versions",),
    "modules": ("modules", "module_renames", "module_steps"),
    "options": ("options", "option_merging", "option_documents"),
    "types": ("types", "attr_list_type"),
    "licenses": ("licenses",),
    "sourceTypes": ("source_types",),
    "systems": ("systems.topic",),
    "cli": ("cli",),
    "gvariant": ("gvariant",),
    "generators": ("generators", "generator_trees"),
    "asserts": ("asserts",),
    "debug": ("debug",),
    "misc": ("deprecated",),
    "fetchers": ("fetchers",),
    "path": ("path",),
    "filesystem": ("filesystem",),
    "fileset": ("fileset",),
    "sources": ("sources", "git_commit"),
    "kernel": ("kernel",),
    "network": ("network",),
    "flakes": ("flakes",),
}
"""The Python modules of each topic, in the order in which a name is looked for."""

EXPORTS: dict[str, str] = {
    name: topic
    for topic, names in {
        "trivial": (
            "id const pipe concat or and mul div xor bitAnd bitOr bitXor bitNot boolToString boolToYesNo "
            "mergeAttrs flip defaultTo mapNullable inNixShell isFloat min max importJSON importTOML warn "
            "warnIf warnIfNot throwIf throwIfNot checkListOfEnum info showWarnings nixpkgsVersion version "
            "isInOldestRelease oldestSupportedReleaseIsAtLeast mod compare splitByAndCompare seq deepSeq "
            "lessThan add sub functionArgs setFunctionArgs isFunction toFunction mirrorFunctionArgs "
            "fromHexString toHexString toBaseDigits inPureEvalMode isBool isInt pathExists genericClosure "
            "readFile ceil floor"
        ),
        "fixedPoints": (
            "fix fix' converge extends composeExtensions composeManyExtensions makeExtensible "
            "makeExtensibleWithCustomName toExtension"
        ),
        "attrsets": (
            "attrByPath hasAttrByPath setAttrByPath getAttrFromPath attrVals attrNames attrValues getAttrs "
            "catAttrs filterAttrs filterAttrsRecursive foldlAttrs foldAttrs collect nameValuePair mapAttrs "
            "mapAttrs' mapAttrsToList attrsToList concatMapAttrs mapAttrsRecursive mapAttrsRecursiveCond "
            "mapAttrsToListRecursive mapAttrsToListRecursiveCond genAttrs genAttrs' isDerivation toDerivation "
            "optionalAttrs zipAttrsWithNames zipAttrsWith zipAttrs recursiveUpdateUntil recursiveUpdate "
            "matchAttrs mergeAttrsList overrideExisting showAttrPath getOutput getFirstOutput getBin getLib "
            "getStatic getDev getInclude getMan chooseDevOutputs recurseIntoAttrs dontRecurseIntoAttrs "
            "cartesianProduct mapCartesianProduct updateManyAttrsByPath listToAttrs hasAttr getAttr isAttrs "
            "intersectAttrs removeAttrs"
        ),
        "lists": (
            "singleton forEach map foldr fold foldl foldl' imap0 imap1 filter ifilter0 concatMap flatten "
            "remove findSingle findFirst any all count optional optionals toList range replicate partition "
            "zipListsWith zipLists reverseList listDfs toposort sort sortOn naturalSort compareLists take "
            "takeEnd drop dropEnd sublist last init crossLists unique uniqueStrings allUnique intersectLists "
            "subtractLists mutuallyExclusive groupBy groupBy' concatLists genList length head tail elem "
            "elemAt isList concatAttrValues replaceElemAt"
        ),
        "strings": (
            "concatStrings concatMapStrings concatImapStrings stringLength substring isString replaceString "
            "replaceStrings intersperse concatStringsSep concatMapStringsSep concatMapAttrsStringSep "
            "concatImapStringsSep concatLines makeSearchPath makeSearchPathOutput makeLibraryPath "
            "makeIncludePath makeBinPath optionalString hasInfix hasPrefix hasSuffix join stringToCharacters "
            "stringAsChars escape escapeShellArg escapeShellArgs isStorePath isStringLike isValidPosixName "
            "toShellVar toShellVars trim trimWith escapeRegex escapeURL escapeXML lowerChars upperChars "
            "toLower toUpper toCamelCase toSentenceCase typeOf addContextFrom splitString splitStringBy "
            "removePrefix removeSuffix versionOlder versionAtLeast getName getVersion match split "
            "cmakeOptionType cmakeBool cmakeFeature mesonOption mesonBool mesonEnable nameFromURL "
            "enableFeature enableFeatureAs withFeature withFeatureAs fixedWidthString fixedWidthNumber toInt "
            "toIntBase10 fileContents appendContext unsafeDiscardStringContext"
        ),
        "stringsWithDeps": ("textClosureList textClosureMap noDepEntry fullDepEntry packEntry stringAfter"),
        "customisation": (
            "overrideDerivation makeOverridable callPackageWith callPackagesWith extendDerivation hydraJob "
            "makeScope makeScopeWithSplicing makeScopeWithSplicing' extendMkDerivation renameCrossIndexFrom "
            "renameCrossIndexTo mapCrossIndex"
        ),
        "derivations": (
            "lazyDerivation optionalDrvAttr warnOnInstantiate addDrvOutputDependencies unsafeDiscardOutputDependency"
        ),
        "generators": ("mkLuaInline"),
        "meta": (
            "addMetaAttrs dontDistribute setName updateName appendToName mapDerivationAttrset setPrio lowPrio "
            "lowPrioSet hiPrio hiPrioSet licensesSpdx getLicenseFromSpdxId getLicenseFromSpdxIdOr getExe "
            "getExe'"
        ),
        "filesystem": (
            "pathType pathIsDirectory pathIsRegularFile baseNameOf dirOf isPath "
            "packagesFromDirectoryRecursive hashFile readDir readFileType"
        ),
        "sources": (
            "cleanSourceFilter cleanSource sourceByRegex sourceFilesBySuffices commitIdFromGitRepo "
            "cleanSourceWith pathHasContext canCleanSource pathIsGitRepo revOrTag repoRevToName filterSource"
        ),
        "modules": (
            "evalModules mergeModules mergeModules' mergeOptionDecls evalOptionValue fixupOptionType "
            "setDefaultModuleLocation unifyModuleSyntax applyModuleArgsIfFunction "
            "mergeDefinitions pushDownProperties dischargeProperties "
            "filterOverrides sortProperties mkIf mkAssert mkDefinition mkMerge mkOverride "
            "mkOptionDefault mkDefault mkImageMediaOverride mkForce mkVMOverride mkFixStrictness mkOrder "
            "mkBefore mkAfter mkAliasDefinitions mkAliasAndWrapDefinitions fixMergeModules "
            "mkRemovedOptionModule mkRenamedOptionModule mkRenamedOptionModuleWith mkMergedOptionModule "
            "mkChangedOptionModule mkAliasOptionModule mkDerivedConfig doRename mkAliasOptionModuleMD"
        ),
        "options": (
            "isOption mkEnableOption mkSinkUndeclaredOptions mergeDefaultOption mergeOneOption "
            "mergeEqualOption mergeUniqueOption getValues getFiles optionAttrSetToDocList "
            "optionAttrSetToDocList' scrubOptionValue literalExpression showOption showOptionWithDefLocs "
            "showFiles unknownModule mkOption mkPackageOption literalMD"
        ),
        "types": ("isType setType defaultTypeMerge defaultFunctor isOptionType mkOptionType"),
        "asserts": ("assertMsg assertOneOf"),
        "debug": (
            "trace traceIf traceVal traceValFn traceSeq traceSeqN traceValSeq traceValSeqFn traceValSeqN "
            "traceValSeqNFn traceFnSeqN addErrorContext unsafeGetAttrPos runTests testAllTrue"
        ),
        "misc": (
            "maybeEnv defaultMergeArg defaultMerge foldArgs maybeAttrNullable maybeAttr ifEnable checkFlag "
            "getValue checkReqs uniqList uniqListExt condConcat lazyGenericClosure innerModifySumArgs "
            "modifySumArgs innerClosePropagation closePropagation nvs setAttr setAttrMerge mergeAttrsWithFunc "
            "mergeAttrsConcatenateValues mergeAttrsNoOverride mergeAttrByFunc mergeAttrsByFuncDefaults "
            "mergeAttrsByFuncDefaultsClean mergeAttrBy fakeHash fakeSha256 fakeSha512 nixType imap"
        ),
        "versions": ("compareVersions splitVersion"),
        "flakes": ("parseFlakeRef flakeRefToString"),
        "language": (
            "getContext hasContext convertHash hashString parseDrvName placeholder fromJSON fromTOML toFile "
            "toJSON toString toXML tryEval"
        ),
    }.items()
    for name in names.split()
}
"""The names of topics that `lib` has itself, as well."""

HM_TOPICS: dict[str, tuple[str, ...]] = {
    "dag": ("hm.dag",),
    "assertions": ("hm.assertions",),
    "booleans": ("hm.booleans",),
    "darwin": ("hm.darwin",),
    "deprecations": ("hm.deprecations",),
    "generators": ("hm.generators", "hm.ordered_formats"),
    "git": ("hm.git",),
    "gvariant": ("hm.gvariant",),
    "mcp": ("hm.mcp",),
    "strings": ("hm.strings",),
    "types": ("hm.types",),
    "shell": ("hm.shell",),
    "zsh": ("hm.zsh",),
    "nushell": ("hm.nushell",),
}
"""The same for `lib.hm`."""
