// SPDX-License-Identifier: MIT
package picorn.stm32f4.board;

import java.util.Optional;
import picorn.emulator.machine.Machine;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.stm32f4.chip.Stm32f429;
import picorn.stm32f4.socketdevice.SocketDevice;

/** The state of a board for those who keep its memories in a way of their own. */
record StateBesideMemories(
        Stm32f429 chip,
        Machine machine,
        Optional<SocketDevice> sockets,
        SerialInput serialInput,
        Optional<SemihostingService> semihosting)
        implements Saved {
    @Override
    public void save(StateWriter out) {
        out.section("peripherals", chip.peripherals());
        out.section("ethernet", chip.ethernet());
        out.section("machine", machine);
        sockets.ifPresent(device -> out.section(device.name(), device));
        out.section("serial input", serialInput);
        out.optional("semihosting", semihosting);
    }

    @Override
    public void load(StateReader in) {
        in.section("peripherals", chip.peripherals());
        in.section("ethernet", chip.ethernet());
        in.section("machine", machine);
        sockets.ifPresent(device -> in.section(device.name(), device));
        in.section("serial input", serialInput);
        in.optional("semihosting", semihosting);
    }
}
