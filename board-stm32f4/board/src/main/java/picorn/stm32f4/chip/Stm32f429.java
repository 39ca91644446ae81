// SPDX-License-Identifier: MIT
package picorn.stm32f4.chip;

import picorn.emulator.machine.Machine;
import picorn.emulator.register.RegisterBlock;
import picorn.emulator.report.Finding;
import picorn.emulator.report.Findings;
import picorn.emulator.time.Frequency;
import picorn.netstack.link.FrameReceiver;
import picorn.stm32f4.clock.Peripheral;
import picorn.stm32f4.clock.Rcc;
import picorn.stm32f4.clock.ResetCause;
import picorn.stm32f4.ethernet.Ethernet;
import picorn.stm32f4.ethernet.MiiPhy;
import picorn.stm32f4.system.MemoryMode;
import picorn.stm32f4.system.Syscfg;

/** An STM32F429 around a {@link Machine}: memories, peripherals, Ethernet (RM0090). */
public final class Stm32f429 {
    private final Memories memories;
    private final Stm32f429Peripherals peripherals;
    private final Ethernet ethernet;

    /**
     * Builds it into {@code machine}.
     *
     * @param sdramSize octets of SDRAM beside the chip, at 0xC0000000
     * @param crystal what is on OSC_IN
     * @param phy what is at the MII
     * @param seed of its random numbers and its unique identifier
     * @param cable takes the frames that the MAC sends
     */
    public Stm32f429(
            Machine machine,
            int flashSize,
            int sramSize,
            int ccmSize,
            int sdramSize,
            Frequency crystal,
            MiiPhy phy,
            long seed,
            FrameReceiver cable) {
        machine.core().exceptions().nameInterrupts(Interrupts.names());
        memories = new Memories(machine.engine(), machine.bus(), flashSize, sramSize, ccmSize, sdramSize);
        memories.remap(MemoryMode.MAIN_FLASH);
        peripherals = new Stm32f429Peripherals(surroundings(machine, crystal, seed));
        machine.engine()
                .waitStates(new MemoryWaits(memories, peripherals.flash().accelerator()));
        ethernet = new Ethernet(
                machine.bus().dma("ETH"),
                machine.events(),
                machine,
                machine.clocks().hclk(),
                machine.core().exceptions().line(Interrupts.ETH),
                phy,
                cable);
        attachEthernet(machine);
        peripherals.attachUnmodelled();
        machine.onReset(kind -> {
            peripherals.systemReset(kind == Machine.ResetKind.POWER_ON ? ResetCause.POWER_ON : ResetCause.SOFTWARE);
            ethernet.reset();
        });
    }

    private void attachEthernet(Machine machine) {
        Rcc rcc = peripherals.rcc();
        attach(machine, ethernet.mac(), 0x4002_8000, 0x100, rcc);
        attach(machine, ethernet.mmc(), 0x4002_8100, 0x600, rcc);
        attach(machine, ethernet.ptp(), 0x4002_8700, 0x900, rcc);
        attach(machine, ethernet.dma(), 0x4002_9000, 0x400, rcc);
        rcc.onReset(Peripheral.ETHMAC, ethernet::reset);
    }

    private static void attach(Machine machine, RegisterBlock block, int base, int size, Rcc rcc) {
        block.reportTo(machine.findings());
        machine.bus().attach(base, size, block, rcc.gate(Peripheral.ETHMAC));
    }

    private Surroundings surroundings(Machine machine, Frequency crystal, long seed) {
        return new Surroundings(
                machine.bus(),
                machine.events(),
                machine,
                machine.clocks(),
                machine.findings(),
                irq -> machine.core().exceptions().line(irq),
                machine.core()::setEvent,
                memories.flash().ram(),
                crystal,
                MemoryMode.MAIN_FLASH,
                (atZero, banks, fmc) -> remap(machine.findings(), atZero, banks, fmc),
                seed);
    }

    private void remap(Findings findings, MemoryMode atZero, Syscfg.FlashBanks banks, Syscfg.FmcSwap fmc) {
        memories.remap(atZero);
        if (banks == Syscfg.FlashBanks.BANK2_FIRST) {
            findings.report(Finding.Kind.UNIMPLEMENTED_FIELD, "SYSCFG.MEMRMP.FB_MODE");
        }
        if (fmc == Syscfg.FmcSwap.SWAPPED) {
            findings.report(Finding.Kind.UNIMPLEMENTED_FIELD, "SYSCFG.MEMRMP.SWP_FMC");
        }
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
    public Ethernet ethernet() {
        return ethernet;
    }
}
