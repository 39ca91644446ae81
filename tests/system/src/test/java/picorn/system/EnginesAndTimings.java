// SPDX-License-Identifier: MIT
package picorn.system;

import java.util.List;
import java.util.stream.Stream;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.Engines;
import picorn.emulator.cpu.Timing;

/** What a machine can be made with: each engine, and the one that counts cycles doing so. */
final class EnginesAndTimings {
    private EnginesAndTimings() {}

    static List<EngineProvider> all() {
        EngineProvider inCycles = Engines.named("java").timed(Timing.M4);
        return Stream.concat(Engines.all().stream(), Stream.of(inCycles)).toList();
    }
}
