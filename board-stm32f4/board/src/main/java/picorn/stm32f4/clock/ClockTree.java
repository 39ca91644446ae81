// SPDX-License-Identifier: MIT
package picorn.stm32f4.clock;

import java.util.List;
import picorn.emulator.core.CoreClocks;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.Clock;
import picorn.emulator.time.ClockDomain;
import picorn.emulator.time.Frequency;

/** The clocks that RCC derives from SYSCLK (RM0090, figure 16), and the PLL's 48 MHz output. */
public final class ClockTree implements Saved {
    private final ClockDomain sysclk;
    private final ClockDomain hclk;
    private final ClockDomain sysTickExternal;
    private final ClockDomain pclk1;
    private final ClockDomain pclk2;
    private final ClockDomain timclk1;
    private final ClockDomain timclk2;
    private final ClockDomain pll48clk;

    ClockTree(Clock clock, CoreClocks core) {
        sysclk = new ClockDomain("SYSCLK", clock);
        hclk = core.hclk();
        sysTickExternal = core.sysTickExternal();
        pclk1 = new ClockDomain("PCLK1", clock);
        pclk2 = new ClockDomain("PCLK2", clock);
        timclk1 = new ClockDomain("TIMCLK1", clock);
        timclk2 = new ClockDomain("TIMCLK2", clock);
        pll48clk = new ClockDomain("PLL48CLK", clock);
    }

    /** The system clock. */
    public ClockDomain sysclk() {
        return sysclk;
    }

    /** The clock of core, memories and AHB. */
    public ClockDomain hclk() {
        return hclk;
    }

    /** HCLK/8, the external clock of SysTick. */
    public ClockDomain sysTickExternal() {
        return sysTickExternal;
    }

    /** The clock of APB1. */
    public ClockDomain pclk1() {
        return pclk1;
    }

    /** The clock of APB2. */
    public ClockDomain pclk2() {
        return pclk2;
    }

    /** The clock of the timers on APB1. */
    public ClockDomain timclk1() {
        return timclk1;
    }

    /** The clock of the timers on APB2. */
    public ClockDomain timclk2() {
        return timclk2;
    }

    /** The PLL's output Q, for USB OTG FS, RNG and SDIO. */
    public ClockDomain pll48clk() {
        return pll48clk;
    }

    /** The clock of a bus. */
    ClockDomain of(ClockBus bus) {
        return switch (bus) {
            case AHB1, AHB2, AHB3 -> hclk;
            case APB1 -> pclk1;
            case APB2 -> pclk2;
        };
    }

    /**
     * Runs everything from {@code system}.
     *
     * @param hpre RCC_CFGR.HPRE
     * @param ppre1 RCC_CFGR.PPRE1
     * @param ppre2 RCC_CFGR.PPRE2
     * @param timpre RCC_DCKCFGR.TIMPRE
     */
    void run(Frequency system, int hpre, int ppre1, int ppre2, int timpre) {
        Frequency ahb = system.dividedBy(ahbDivisor(hpre));
        sysclk.run(system);
        hclk.run(ahb);
        sysTickExternal.run(ahb.dividedBy(8));
        pclk1.run(ahb.dividedBy(apbDivisor(ppre1)));
        pclk2.run(ahb.dividedBy(apbDivisor(ppre2)));
        timclk1.run(timerClock(ahb, apbDivisor(ppre1), timpre));
        timclk2.run(timerClock(ahb, apbDivisor(ppre2), timpre));
    }

    /** HPRE: 0xxx is 1; 1000 to 1111 are 2, 4, 8, 16, 64, 128, 256, 512. */
    private static int ahbDivisor(int hpre) {
        if (hpre < 8) {
            return 1;
        }
        return 1 << (hpre < 12 ? hpre - 7 : hpre - 6);
    }

    /** PPRE: 0xx is 1; 100 to 111 are 2, 4, 8, 16. */
    private static int apbDivisor(int ppre) {
        return ppre < 4 ? 1 : 1 << ppre - 3;
    }

    /** Twice (TIMPRE: four times) the APB clock, but HCLK at most (6.3.25, TIMPRE). */
    private static Frequency timerClock(Frequency ahb, int apbDivisor, int timpre) {
        int factor = timpre == 0 ? 2 : 4;
        return apbDivisor <= factor ? ahb : ahb.times(factor).dividedBy(apbDivisor);
    }

    /** Those that are not the core's own. */
    private List<ClockDomain> own() {
        return List.of(sysclk, pclk1, pclk2, timclk1, timclk2, pll48clk);
    }

    @Override
    public void save(StateWriter out) {
        own().forEach(domain -> domain.save(out));
    }

    @Override
    public void load(StateReader in) {
        own().forEach(domain -> domain.load(in));
    }
}
