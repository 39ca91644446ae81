// SPDX-License-Identifier: MIT
package picorn.stm32f4.chip;

import picorn.emulator.core.ExceptionNumber;
import picorn.emulator.machine.Machine;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.Frequency;
import picorn.stm32f4.clock.ResetCause;
import picorn.stm32f4.ethernet.EthernetPeripheral;
import picorn.stm32f4.system.MemoryMode;

/** An STM32F429 around a {@link Machine}: memories, peripherals, Ethernet (RM0090). */
public final class Stm32f429 implements Saved {
    private final Memories memories;
    private final Stm32f429Peripherals peripherals;
    private final EthernetPeripheral ethernet;

    /**
     * Builds it into {@code machine}.
     *
     * @param sdramSize octets of SDRAM beside the chip, at 0xC0000000
     * @param crystal what is on OSC_IN
     */
    public Stm32f429(Machine machine, int flashSize, int sramSize, int ccmSize, int sdramSize, Frequency crystal) {
        memories = new Memories(machine.engine(), machine.bus(), flashSize, sramSize, ccmSize, sdramSize);
        memories.remap(MemoryMode.MAIN_FLASH);
        peripherals = new Stm32f429Peripherals(surroundings(machine, crystal));
        ethernet = new EthernetPeripheral();
        peripherals.attachUnmodelled();
        machine.onReset(() -> {
            peripherals.systemReset(ResetCause.POWER_ON);
            ethernet.reset();
        });
    }

    private Surroundings surroundings(Machine machine, Frequency crystal) {
        return new Surroundings(
                machine.bus(),
                machine.events(),
                machine,
                machine.findings(),
                irq -> machine.core().exceptions().line(irq),
                machine.core()::setEvent,
                memories.flash().ram(),
                crystal,
                MemoryMode.MAIN_FLASH,
                (atZero, banks, fmc) -> memories.remap(atZero),
                1);
    }

    /** Its memories. */
    public Memories memories() {
        return memories;
    }

    /** All its peripherals but Ethernet. */
    public Stm32f429Peripherals peripherals() {
        return peripherals;
    }

    /** Its Ethernet peripheral. */
    public EthernetPeripheral ethernet() {
        return ethernet;
    }

    @Override
    public void save(StateWriter out) {
        out.section("memories", memories);
        out.section("peripherals", peripherals);
        out.section("ethernet", ethernet);
    }

    @Override
    public void load(StateReader in) {
        in.section("memories", memories);
        in.section("peripherals", peripherals);
        in.section("ethernet", ethernet);
    }
}
