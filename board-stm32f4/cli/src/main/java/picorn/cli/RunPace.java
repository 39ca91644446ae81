// SPDX-License-Identifier: MIT
package picorn.cli;

import picorn.emulator.machine.Machine;
import picorn.emulator.machine.Pace;

/**
 * The pace that {@code --time} asks for. With {@code auto} idle virtual time keeps to the host's while something of the host's is open
 * that may speak, and is skipped otherwise. For the machine's thread.
 */
final class RunPace {
    private final Machine machine;
    private final RunOptions.TimeMode mode;
    private int open;
    private boolean begun;

    RunPace(Machine machine, RunOptions.TimeMode mode) {
        this.machine = machine;
        this.mode = mode;
    }

    /** From now on, at the beginning of the run. */
    void begin() {
        begun = true;
        if (mode == RunOptions.TimeMode.REAL) {
            machine.pace(new WallPace(machine.inbox(), WallPace.Holds.SLEEP_AND_WORK));
        } else if (open > 0) {
            keepToTheHosts();
        }
    }

    /** One more thing of the host's is open. */
    void opened() {
        if (open++ == 0 && begun) {
            keepToTheHosts();
        }
    }

    /** One of them is closed. */
    void closed() {
        if (--open == 0 && begun && mode == RunOptions.TimeMode.AUTO) {
            machine.pace(Pace.VIRTUAL);
        }
    }

    /** Virtual time has stood still for a while; what the host's clock did meanwhile does not count. */
    void resume() {
        if (mode == RunOptions.TimeMode.REAL) {
            machine.pace(WallPace.from(machine.now(), machine.inbox(), WallPace.Holds.SLEEP_AND_WORK));
        } else if (open > 0) {
            keepToTheHosts();
        }
    }

    private void keepToTheHosts() {
        if (mode == RunOptions.TimeMode.AUTO) {
            machine.pace(WallPace.from(machine.now(), machine.inbox(), WallPace.Holds.SLEEP));
        }
    }
}
