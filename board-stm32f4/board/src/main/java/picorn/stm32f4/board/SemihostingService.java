// SPDX-License-Identifier: MIT
package picorn.stm32f4.board;

import picorn.emulator.core.CoreListener.Served;
import picorn.emulator.cpu.Reg;
import picorn.emulator.machine.Machine;
import picorn.emulator.semihosting.BusMemory;
import picorn.emulator.semihosting.Semihosting;
import picorn.emulator.semihosting.SemihostingHost;
import picorn.emulator.semihosting.SemihostingResult;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** Joins BKPT 0xAB to {@link Semihosting}. */
final class SemihostingService implements Machine.BreakpointService, Saved {
    private static final int SEMIHOSTING = 0xAB;

    private final Machine machine;
    private final Semihosting semihosting;

    SemihostingService(Machine machine, SemihostingHost host) {
        this.machine = machine;
        semihosting = new Semihosting(host, new BusMemory(machine.bus(), machine.engine()));
    }

    @Override
    public Served serve(int immediate) {
        if (immediate != SEMIHOSTING) {
            return Served.NOT_MINE;
        }
        SemihostingResult result =
                semihosting.call(machine.engine().get(Reg.R0), machine.engine().get(Reg.R1));
        if (result instanceof SemihostingResult.AwaitInput) {
            return Served.LATER;
        }
        if (result instanceof SemihostingResult.Continue go) {
            machine.engine().set(Reg.R0, go.r0());
        } else if (result instanceof SemihostingResult.Exit exit) {
            machine.exit(exit.code());
        }
        return Served.DONE;
    }

    @Override
    public void save(StateWriter out) {
        semihosting.save(out);
    }

    @Override
    public void load(StateReader in) {
        semihosting.load(in);
    }
}
