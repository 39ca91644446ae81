// SPDX-License-Identifier: MIT
/**
 * Partial evaluation of compiled Java methods: what depends on known arguments is done at once, the rest becomes JVM bytecode. Knows nothing
 * of what the methods are about.
 */
package picorn.emulator.engine.translate;
