// SPDX-License-Identifier: MIT
package picorn.stm32f4.clock;

import static picorn.emulator.register.FieldAccess.RO;
import static picorn.emulator.register.FieldAccess.UNIMPLEMENTED;
import static picorn.emulator.register.FieldAccess.WO;

import java.util.List;
import java.util.function.BooleanSupplier;
import picorn.emulator.bus.Region;
import picorn.emulator.core.CoreClocks;
import picorn.emulator.register.Field;
import picorn.emulator.register.NarrowWrites;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;
import picorn.emulator.report.Finding;
import picorn.emulator.signal.Line;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.Clock;
import picorn.emulator.time.ClockDomain;
import picorn.emulator.time.EventQueue;
import picorn.emulator.time.Frequency;

/** Reset and clock control of the STM32F42x (RM0090, chapter 6). Oscillators never fail, so the CSS never fires. */
public final class Rcc extends RegisterBlock {
    private static final int HSI = 0;
    private static final int HSE = 1;
    private static final int PLL = 2;
    private static final Frequency HSI_FREQUENCY = Frequency.hertz(16_000_000);
    private static final long MICROSECOND = Clock.SECOND / 1_000_000;
    /** Typical start-up times of the data sheet (DS9405). */
    private static final long HSI_START = 2 * MICROSECOND;

    private static final long HSE_START = 2000 * MICROSECOND;
    private static final long PLL_LOCK = 200 * MICROSECOND;
    private static final long LSI_START = 15 * MICROSECOND;
    private static final long LSE_START = 2 * Clock.SECOND;
    private static final int RESET_FLAGS = 0xFE00_0000;

    private final Register cr = register("CR", 0x00, 0x0000_0083).onChange(this::switchOscillators);
    private final Field hsion = cr.bit(0, "HSION");
    private final Field hsirdy = cr.bit(1, "HSIRDY", RO);
    private final Field hsitrim = cr.bits(7, 3, "HSITRIM");
    private final Field hsical = cr.bits(15, 8, "HSICAL", RO);
    private final Field hseon = cr.bit(16, "HSEON");
    private final Field hserdy = cr.bit(17, "HSERDY", RO);
    private final Field hsebyp = cr.bit(18, "HSEBYP");
    private final Field csson = cr.bit(19, "CSSON");
    private final Field pllon = cr.bit(24, "PLLON");
    private final Field pllrdy = cr.bit(25, "PLLRDY", RO);
    private final Field plli2son = cr.bit(26, "PLLI2SON");
    private final Field plli2srdy = cr.bit(27, "PLLI2SRDY", RO);
    private final Field pllsaion = cr.bit(28, "PLLSAION");
    private final Field pllsairdy = cr.bit(29, "PLLSAIRDY", RO);

    private final Register pllcfgr =
            register("PLLCFGR", 0x04, 0x2400_3010).writableIf(() -> !pllon.isSet(), "while PLLON is set");
    private final Field pllsrc = pllcfgr.bit(22, "PLLSRC");
    private final Pll pll = new Pll(
            pllcfgr.bits(5, 0, "PLLM"),
            pllcfgr.bits(14, 6, "PLLN"),
            pllcfgr.bits(17, 16, "PLLP"),
            pllcfgr.bits(27, 24, "PLLQ"));

    private final Register cfgr = register("CFGR", 0x08).onWrite(this::updateClocks);
    private final Field sw = cfgr.bits(1, 0, "SW");
    private final Field sws = cfgr.bits(3, 2, "SWS", RO);
    private final Field hpre = cfgr.bits(7, 4, "HPRE");
    private final Field ppre1 = cfgr.bits(12, 10, "PPRE1");
    private final Field ppre2 = cfgr.bits(15, 13, "PPRE2");
    private final Field rtcpre = cfgr.bits(20, 16, "RTCPRE", UNIMPLEMENTED);
    private final Field mco1 = cfgr.bits(22, 21, "MCO1", UNIMPLEMENTED);
    private final Field i2ssrc = cfgr.bit(23, "I2SSRC", UNIMPLEMENTED);
    private final Field mco1pre = cfgr.bits(26, 24, "MCO1PRE", UNIMPLEMENTED);
    private final Field mco2pre = cfgr.bits(29, 27, "MCO2PRE", UNIMPLEMENTED);
    private final Field mco2 = cfgr.bits(31, 30, "MCO2", UNIMPLEMENTED);

    private final Register cir = register("CIR", 0x0C).onWrite(this::clearFlags);
    private final Field cssf = cir.bit(7, "CSSF", RO);
    private final Field cssc = cir.bit(23, "CSSC", WO);

    private final PeripheralControl peripherals;

    private final Register bdcr = register("BDCR", 0x70).onChange(this::changeBackupDomain);
    private final Field lseon = bdcr.bit(0, "LSEON");
    private final Field lserdy = bdcr.bit(1, "LSERDY", RO);
    private final Field lsebyp = bdcr.bit(2, "LSEBYP");
    private final Field rtcsel = bdcr.bits(9, 8, "RTCSEL");
    private final Field rtcen = bdcr.bit(15, "RTCEN", UNIMPLEMENTED);
    private final Field bdrst = bdcr.bit(16, "BDRST");

    private final Register csr =
            register("CSR", 0x74, ResetCause.POWER_ON.flags()).onWrite(this::changeLsi);
    private final Field lsion = csr.bit(0, "LSION");
    private final Field lsirdy = csr.bit(1, "LSIRDY", RO);
    private final Field rmvf = csr.bit(24, "RMVF", WO);
    private final Field borrstf = csr.bit(25, "BORRSTF", RO);
    private final Field pinrstf = csr.bit(26, "PINRSTF", RO);
    private final Field porrstf = csr.bit(27, "PORRSTF", RO);
    private final Field sftrstf = csr.bit(28, "SFTRSTF", RO);
    private final Field iwdgrstf = csr.bit(29, "IWDGRSTF", RO);
    private final Field wwdgrstf = csr.bit(30, "WWDGRSTF", RO);
    private final Field lpwrrstf = csr.bit(31, "LPWRRSTF", RO);

    private final Register sscgr = register("SSCGR", 0x80);
    private final Field modper = sscgr.bits(12, 0, "MODPER");
    private final Field incstep = sscgr.bits(27, 13, "INCSTEP");
    private final Field spreadsel = sscgr.bit(30, "SPREADSEL");
    private final Field sscgen = sscgr.bit(31, "SSCGEN", UNIMPLEMENTED);

    private final Register plli2scfgr = register("PLLI2SCFGR", 0x84, 0x2400_3000);
    private final Field plli2sn = plli2scfgr.bits(14, 6, "PLLI2SN");
    private final Field plli2sq = plli2scfgr.bits(27, 24, "PLLI2SQ");
    private final Field plli2sr = plli2scfgr.bits(30, 28, "PLLI2SR");

    private final Register pllsaicfgr = register("PLLSAICFGR", 0x88, 0x2400_3000);
    private final Field pllsain = pllsaicfgr.bits(14, 6, "PLLSAIN");
    private final Field pllsaiq = pllsaicfgr.bits(27, 24, "PLLSAIQ");
    private final Field pllsair = pllsaicfgr.bits(30, 28, "PLLSAIR");

    private final Register dckcfgr = register("DCKCFGR", 0x8C).onChange((before, after) -> runClocks());
    private final Field plli2sdivq = dckcfgr.bits(4, 0, "PLLI2SDIVQ");
    private final Field pllsaidivq = dckcfgr.bits(12, 8, "PLLSAIDIVQ");
    private final Field pllsaidivr = dckcfgr.bits(17, 16, "PLLSAIDIVR");
    private final Field sai1asrc = dckcfgr.bits(21, 20, "SAI1ASRC");
    private final Field sai1bsrc = dckcfgr.bits(23, 22, "SAI1BSRC");
    private final Field timpre = dckcfgr.bit(24, "TIMPRE");

    private final Clock clock;
    private final Frequency hseFrequency;
    private final Line interrupt;
    private final ClockTree tree;
    private final Oscillator hsi;
    private final Oscillator hse;
    private final Oscillator mainPll;
    private final List<Oscillator> otherPlls;
    private final Oscillator lsi;
    private final Oscillator lse;

    /**
     * @param core the core's clocks, driven from here
     * @param external what the board has on OSC_IN; {@link Frequency#STOPPED} if nothing, then HSE never gets ready
     * @param backupWritable whether PWR lets software write to the backup domain (PWR_CR.DBP)
     * @param interrupt global interrupt of RCC
     */
    public Rcc(
            EventQueue queue,
            Clock clock,
            CoreClocks core,
            Frequency external,
            BooleanSupplier backupWritable,
            Line interrupt) {
        super("RCC", NarrowWrites.MERGED);
        this.clock = clock;
        this.hseFrequency = external;
        this.interrupt = interrupt;
        bdcr.writableIf(backupWritable, "while PWR.CR.DBP is 0");
        peripherals = new PeripheralControl(this::register, clock);
        lsi = oscillator(lsion, lsirdy, queue, LSI_START, 0, "LSI");
        lse = oscillator(lseon, lserdy, queue, LSE_START, 1, "LSE");
        hsi = oscillator(hsion, hsirdy, queue, HSI_START, 2, "HSI");
        hse = oscillator(hseon, hserdy, queue, external.isStopped() ? EventQueue.NEVER : HSE_START, 3, "HSE");
        mainPll = oscillator(pllon, pllrdy, queue, PLL_LOCK, 4, "PLL");
        otherPlls = List.of(
                oscillator(plli2son, plli2srdy, queue, PLL_LOCK, 5, "PLLI2S"),
                oscillator(pllsaion, pllsairdy, queue, PLL_LOCK, 6, "PLLSAI"));
        tree = new ClockTree(clock, core);
        runClocks();
    }

    /** An oscillator whose flag, interrupt enable and clear are bits n, n + 8 and n + 16 of CIR. */
    private Oscillator oscillator(Field on, Field ready, EventQueue queue, long startUp, int n, String name) {
        Field flag = cir.bit(n, name + "RDYF", RO);
        Field enable = cir.bit(n + 8, name + "RDYIE");
        cir.bit(n + 16, name + "RDYC", WO);
        boolean isPll = name.startsWith("PLL");
        return new Oscillator(
                on,
                ready,
                queue,
                clock,
                () -> isPll && !pllSourceReady() ? EventQueue.NEVER : startUp,
                () -> {
                    flag.is(enable.isSet());
                    updateInterrupt();
                },
                this::updateClocks);
    }

    /** The clocks of core and buses. */
    public ClockTree clocks() {
        return tree;
    }

    /** The clock of a peripheral's registers. */
    public Region.Gate gate(Peripheral peripheral) {
        return peripherals.gate(peripheral);
    }

    /** Calls {@code reset} when firmware resets the peripheral by its bus's RSTR. */
    public void onReset(Peripheral peripheral, Runnable reset) {
        peripherals.onReset(peripheral, reset);
    }

    /** A clock that follows {@code source} while the peripheral is enabled, and stands still otherwise; call before running. */
    public ClockDomain kernelClock(Peripheral peripheral, ClockDomain source) {
        return peripherals.kernelClock(peripheral, source);
    }

    /** Resets RCC as {@code cause} does: the backup domain and older causes survive all but a power-on. */
    public void systemReset(ResetCause cause) {
        int backup = bdcr.get();
        int flags = csr.get() & RESET_FLAGS;
        reset();
        if (cause != ResetCause.POWER_ON) {
            bdcr.set(backup);
            csr.set(csr.get() & ~RESET_FLAGS | flags | cause.flags());
            lse.update();
        }
    }

    @Override
    protected void resetRest() {
        List.of(hsi, hse, mainPll, lsi, lse).forEach(Oscillator::cancel);
        otherPlls.forEach(Oscillator::cancel);
        updateInterrupt();
        runClocks();
        peripherals.followEnables();
    }

    private void switchOscillators(int before, int after) {
        keepWhatIsUsed(before);
        if (!pllon.isSetIn(before) && pllon.isSetIn(after)) {
            checkPll();
        }
        hsi.update();
        hse.update();
        updatePlls();
    }

    /** An oscillator that SYSCLK comes from cannot be switched off (6.3.1). */
    private void keepWhatIsUsed(int before) {
        int source = sws.get();
        boolean hseUsed = source == HSE || source == PLL && pllsrc.isSet();
        boolean hsiUsed = source == HSI || source == PLL && !pllsrc.isSet();
        int used = (source == PLL ? pllon.mask() : 0) | (hseUsed ? hseon.mask() : 0) | (hsiUsed ? hsion.mask() : 0);
        int kept = before & used & ~cr.get();
        if (kept != 0) {
            cr.set(cr.get() | kept);
            findings().report(Finding.Kind.PERIPHERAL_MISUSE, "RCC.CR (switches off what SYSCLK comes from)");
        }
    }

    private void checkPll() {
        String mistake = pll.mistake(pllSource());
        if (!mistake.isEmpty()) {
            findings().report(Finding.Kind.PERIPHERAL_MISUSE, "RCC.PLLCFGR (%s)".formatted(mistake));
        }
    }

    private Frequency pllSource() {
        return pllsrc.isSet() ? hseFrequency : HSI_FREQUENCY;
    }

    private boolean pllSourceReady() {
        return (pllsrc.isSet() ? hserdy : hsirdy).isSet();
    }

    /** An oscillator got ready or stopped, or firmware chose: PLLs may start, SYSCLK may switch. */
    private void updateClocks() {
        updatePlls();
        int wanted = sw.get();
        boolean ready =
                wanted == HSI && hsi.isReady() || wanted == HSE && hse.isReady() || wanted == PLL && mainPll.isReady();
        if (ready) {
            sws.set(wanted);
        }
        runClocks();
    }

    private void updatePlls() {
        mainPll.update();
        otherPlls.forEach(Oscillator::update);
    }

    private void runClocks() {
        Frequency system =
                switch (sws.get()) {
                    case HSE -> hseFrequency;
                    case PLL -> pll.system(pllSource());
                    default -> HSI_FREQUENCY;
                };
        tree.run(system, hpre.get(), ppre1.get(), ppre2.get(), timpre.get());
        tree.pll48clk().run(pllrdy.isSet() ? pll.usb(pllSource()) : Frequency.STOPPED);
    }

    /** Bits 23:16 clear the flags in bits 7:0. */
    private void clearFlags(int written) {
        cir.set(cir.get() & ~(written >>> 16 & 0xFF));
        updateInterrupt();
    }

    private void updateInterrupt() {
        int value = cir.get();
        interrupt.set((value & value >>> 8 & 0x7F) != 0);
    }

    private void changeBackupDomain(int before, int after) {
        if (bdrst.isSetIn(after)) {
            bdcr.set(bdrst.mask());
        }
        lse.update();
    }

    private void changeLsi(int written) {
        if (rmvf.isSetIn(written)) {
            csr.set(csr.get() & ~RESET_FLAGS);
        }
        lsi.update();
    }

    @Override
    protected void saveRest(StateWriter out) {
        tree.save(out);
        peripherals.save(out);
    }

    @Override
    protected void loadRest(StateReader in) {
        tree.load(in);
        peripherals.load(in);
    }
}
