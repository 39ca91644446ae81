// SPDX-License-Identifier: MIT
package picorn.stm32f4.system;

import static picorn.emulator.register.FieldAccess.RO;
import static picorn.emulator.register.FieldAccess.UNIMPLEMENTED;

import picorn.emulator.register.Field;
import picorn.emulator.register.NarrowWrites;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;
import picorn.emulator.report.Finding;
import picorn.emulator.state.StateReader;
import picorn.stm32f4.gpio.GpioPort;

/** System configuration controller of the STM32F42x (RM0090, 9.3): what stands where, and which port's pins reach EXTI. */
public final class Syscfg extends RegisterBlock {
    private static final int EXTERNAL_LINES = 16;

    private final Register memrmp = register("MEMRMP", 0x00).onChange((before, after) -> remap());
    private final Field memMode = memrmp.bits(2, 0, "MEM_MODE");
    private final Field fbMode = memrmp.bit(8, "FB_MODE");
    private final Field swpFmc = memrmp.bits(11, 10, "SWP_FMC");

    private final Register pmc = register("PMC", 0x04);
    private final Field adc1dc2 = pmc.bit(16, "ADC1DC2", UNIMPLEMENTED);
    private final Field adc2dc2 = pmc.bit(17, "ADC2DC2", UNIMPLEMENTED);
    private final Field adc3dc2 = pmc.bit(18, "ADC3DC2", UNIMPLEMENTED);
    private final Field miiRmiiSel = pmc.bit(23, "MII_RMII_SEL");

    private final Field[] source = new Field[EXTERNAL_LINES];

    private final Register cmpcr = register("CMPCR", 0x20).onWrite(this::switchCompensationCell);
    private final Field cmpPd = cmpcr.bit(0, "CMP_PD");
    private final Field ready = cmpcr.bit(8, "READY", RO);

    private final Exti exti;
    private final GpioPort[] ports;
    private final int bootMode;
    private final Remap remap;

    /** Makes the address space follow MEMRMP. */
    @FunctionalInterface
    public interface Remap {
        /** Changes nothing. */
        Remap NONE = (atZero, banks, fmc) -> {};

        /** Called after each change, and after a load; the same arguments may come again. */
        void remapped(MemoryMode atZero, FlashBanks banks, FmcSwap fmc);
    }

    /** Which bank of flash memory stands at 0x08000000: FB_MODE. */
    public enum FlashBanks {
        BANK1_FIRST,
        BANK2_FIRST
    }

    /** Whether the SDRAM banks stand at 0x80000000 and 0x90000000, and NOR and NAND in their place: SWP_FMC. */
    public enum FmcSwap {
        NOT_SWAPPED,
        SWAPPED
    }

    /**
     * @param ports ports A, B, C … in this order, whose pin n drives line n
     * @param bootMode what the BOOT pins put at address 0
     * @param remap called when firmware changes that
     */
    public Syscfg(Exti exti, GpioPort[] ports, MemoryMode bootMode, Remap remap) {
        super("SYSCFG", NarrowWrites.DUPLICATED);
        this.exti = exti;
        this.ports = ports.clone();
        this.bootMode = bootMode.ordinal();
        this.remap = remap;
        memMode.set(this.bootMode);
        for (int n = 0; n < 4; n++) {
            declareSources(n, register("EXTICR" + (n + 1), 0x08 + 4 * n));
        }
        for (int port = 0; port < ports.length; port++) {
            int code = port;
            ports[port].onChange((pin, high) -> pinChanged(code, pin, high));
        }
    }

    private void declareSources(int n, Register exticr) {
        for (int i = 0; i < 4; i++) {
            int line = 4 * n + i;
            source[line] = exticr.bits(4 * i + 3, 4 * i, "EXTI" + line);
        }
        exticr.onChange((before, after) -> {
            for (int line = 4 * n; line < 4 * n + 4; line++) {
                selectSource(line);
            }
        });
    }

    private void selectSource(int line) {
        int port = source[line].get();
        if (port < ports.length) {
            exti.input(line, ports[port].isHigh(line));
        } else {
            findings()
                    .report(
                            Finding.Kind.PERIPHERAL_MISUSE,
                            "SYSCFG %s (there is no port %d)".formatted(source[line].name(), port));
        }
    }

    private void pinChanged(int port, int pin, boolean high) {
        if (source[pin].get() == port) {
            exti.input(pin, high);
        }
    }

    private void switchCompensationCell() {
        ready.is(cmpPd.isSet());
    }

    private void remap() {
        remap.remapped(
                MemoryMode.of(memMode.get()),
                FlashBanks.values()[fbMode.get()],
                swpFmc.get() == 1 ? FmcSwap.SWAPPED : FmcSwap.NOT_SWAPPED);
    }

    /** Whether the Ethernet PHY is on RMII, else on MII. */
    public boolean isRmii() {
        return miiRmiiSel.isSet();
    }

    @Override
    protected void resetRest() {
        memMode.set(bootMode);
        remap();
        for (int line = 0; line < EXTERNAL_LINES; line++) {
            selectSource(line);
        }
    }

    @Override
    protected void loadRest(StateReader in) {
        remap();
    }
}
