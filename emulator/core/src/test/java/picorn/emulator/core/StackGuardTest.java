// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.emulator.core.Instructions.nop;

import org.junit.jupiter.api.Test;

/** The kilobyte below the stack's limit beside the watchpoints of a debugger. */
class StackGuardTest {
    private static final int LIMIT = CoreRig.RAM + 0x2000;
    private static final int BELOW = LIMIT - 4;

    private final CoreRig rig = new CoreRig().thread(nop());
    private final Core core = rig.machine.core();

    @Test
    void debuggerThatLeavesEndsItsWatchpointsOnly() {
        core.limitStack(LIMIT);
        core.watchStackLimit();
        core.points().watch(BELOW, 4, DebugPoints.Watch.WRITE);
        core.points().watch(LIMIT, 4, DebugPoints.Watch.WRITE);
        core.points().clear();
        assertThat(rig.engine.isWatched(BELOW)).isTrue();
        assertThat(rig.engine.isWatched(LIMIT)).isFalse();
    }

    @Test
    void newLimitEndsNoWatchpoint() {
        core.limitStack(LIMIT);
        core.watchStackLimit();
        core.points().watch(BELOW, 4, DebugPoints.Watch.WRITE);
        core.limitStack(LIMIT + 0x1000);
        assertThat(rig.engine.isWatched(BELOW)).isTrue();
        core.points().clear();
        assertThat(rig.engine.isWatched(BELOW)).isFalse();
    }
}
