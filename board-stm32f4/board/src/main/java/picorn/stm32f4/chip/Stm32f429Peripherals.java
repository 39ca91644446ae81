// SPDX-License-Identifier: MIT
package picorn.stm32f4.chip;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import picorn.emulator.bus.Region;
import picorn.emulator.register.RegisterBlock;
import picorn.emulator.report.Finding;
import picorn.emulator.signal.Line;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.stm32f4.clock.ClockTree;
import picorn.stm32f4.clock.Peripheral;
import picorn.stm32f4.clock.Rcc;
import picorn.stm32f4.clock.ResetCause;
import picorn.stm32f4.crc.Crc;
import picorn.stm32f4.gpio.GpioPort;
import picorn.stm32f4.rng.Rng;
import picorn.stm32f4.system.Dbgmcu;
import picorn.stm32f4.system.DeviceSignature;
import picorn.stm32f4.system.Exti;
import picorn.stm32f4.system.FlashInterface;
import picorn.stm32f4.system.Pwr;
import picorn.stm32f4.system.Syscfg;
import picorn.stm32f4.timer.GeneralPurposeTimer;
import picorn.stm32f4.usart.Usart;

/** The modelled peripherals of the STM32F429 without Ethernet, created, connected and attached (RM0090, table 1 and figure 16). */
public final class Stm32f429Peripherals implements Saved {
    private static final int PORTS = 11;
    private static final int PORT_SIZE = 0x400;

    private final Surroundings around;
    private final RegisterTable table = RegisterTable.stm32f429();
    private final List<RegisterBlock> blocks = new ArrayList<>();
    private final Pwr pwr;
    private final Rcc rcc;
    private final FlashInterface flash;
    private final GpioPort[] ports = new GpioPort[PORTS];
    private final Exti exti;
    private final Syscfg syscfg;
    private final List<Usart> usarts;
    private final List<GeneralPurposeTimer> timers;
    private final Rng rng;

    /** Attaches everything to the bus of {@code surroundings}. */
    public Stm32f429Peripherals(Surroundings surroundings) {
        around = surroundings;
        IntFunction<Line> interrupt = around.interrupt();
        pwr = new Pwr(around.queue(), around.clock());
        rcc = new Rcc(
                around.queue(),
                around.clock(),
                around.coreClocks(),
                around.hse(),
                pwr::isBackupDomainWritable,
                interrupt.apply(Interrupts.RCC));
        flash = new FlashInterface(
                around.queue(),
                around.clock(),
                around.flash(),
                around.bus()::changed,
                interrupt.apply(Interrupts.FLASH));
        for (int port = 0; port < PORTS; port++) {
            ports[port] = new GpioPort((char) ('A' + port));
        }
        exti = new Exti(around.event(), Interrupts.exti(interrupt));
        syscfg = new Syscfg(exti, ports, around.bootMode(), around.remap());
        usarts = IntStream.rangeClosed(1, 8).mapToObj(this::usart).toList();
        timers = IntStream.rangeClosed(2, 5).mapToObj(this::timer).toList();
        rng = new Rng(
                rcc.kernelClock(Peripheral.RNG, clocks().pll48clk()),
                around.queue(),
                around.seed(),
                interrupt.apply(Interrupts.HASH_RNG));
        attachAll();
        around.bus().onReadOnlyStore(around.flash(), flash);
        rcc.clocks().hclk().onChange(this::checkWaitStates);
    }

    private Usart usart(int n) {
        Usart.Kind kind = n <= 3 || n == 6 ? Usart.Kind.USART : Usart.Kind.UART;
        String name = kind + "" + n;
        Peripheral peripheral = Peripheral.valueOf(name);
        return new Usart(
                name,
                kind,
                rcc.kernelClock(peripheral, n == 1 || n == 6 ? clocks().pclk2() : clocks().pclk1()),
                around.queue(),
                around.interrupt().apply(Interrupts.usart(n)));
    }

    private GeneralPurposeTimer timer(int n) {
        return new GeneralPurposeTimer(
                "TIM" + n,
                n == 2 || n == 5 ? GeneralPurposeTimer.Width.BITS_32 : GeneralPurposeTimer.Width.BITS_16,
                rcc.kernelClock(Peripheral.valueOf("TIM" + n), clocks().timclk1()),
                around.queue(),
                around.interrupt().apply(Interrupts.timer(n)));
    }

    private void attachAll() {
        attach(pwr, rcc.gate(Peripheral.PWR));
        attach(rcc, Region.Gate.OPEN);
        attach(flash, Region.Gate.OPEN);
        attach(exti, Region.Gate.OPEN);
        for (GpioPort port : ports) {
            attachGated(port);
        }
        attachGated(syscfg);
        usarts.forEach(this::attachGated);
        timers.forEach(this::attachGated);
        attachGated(new Crc());
        attachGated(rng);
        attach(new Dbgmcu(Dbgmcu.STM32F42X), Region.Gate.OPEN);
        rcc.onReset(Peripheral.PWR, pwr::reset);
        int kilobytes = around.flash().size() / 1024;
        around.bus().attach(DeviceSignature.BASE, DeviceSignature.SIZE, new DeviceSignature(uniqueId(), kilobytes));
    }

    private void attachGated(RegisterBlock block) {
        Peripheral peripheral = Peripheral.valueOf(block.name());
        attach(block, rcc.gate(peripheral));
        rcc.onReset(peripheral, block::reset);
    }

    private void attach(RegisterBlock block, Region.Gate gate) {
        RegisterTable.Peripheral place = table.peripheral(block.name()).orElseThrow();
        block.reportTo(around.findings());
        block.undeclaredAs(new TableNames(table, place));
        blocks.add(block);
        around.bus().attach(place.base(), PORT_SIZE, block, gate);
    }

    private int[] uniqueId() {
        long seed = around.seed();
        return new int[] {(int) seed, (int) (seed >>> 32), 0x3139_3437};
    }

    /**
     * Attaches the peripherals of the register table that nobody models, wherever the bus is still free: call it when everything
     * else is attached.
     */
    public void attachUnmodelled() {
        List<Region> taken = around.bus().regions();
        for (RegisterTable.Peripheral peripheral : table.peripherals()) {
            if (taken.stream().noneMatch(region -> overlap(region, peripheral))) {
                around.bus()
                        .attach(
                                peripheral.base(),
                                peripheral.size(),
                                new UnmodelledPeripheral(table, peripheral, around.findings()),
                                UnmodelledGates.of(peripheral.name(), rcc));
            }
        }
    }

    private static boolean overlap(Region region, RegisterTable.Peripheral peripheral) {
        return region.contains(peripheral.base())
                || Integer.compareUnsigned(region.base() - peripheral.base(), peripheral.size()) < 0;
    }

    /** Firmware that runs faster than its flash memory's wait states allow at 2.7 to 3.6 V (RM0090, 3.5.1). */
    private void checkWaitStates() {
        long most = 30_000_000L * (flash.waitStates() + 1);
        if (clocks().hclk().frequency().toHertz() > most) {
            around.findings()
                    .report(
                            Finding.Kind.PERIPHERAL_MISUSE,
                            "FLASH.ACR.LATENCY (%d is too few for HCLK at %s)"
                                    .formatted(
                                            flash.waitStates(), clocks().hclk().frequency()));
        }
    }

    /** Resets everything as {@code cause} does. Pins keep what the board drives; time runs on. */
    public void systemReset(ResetCause cause) {
        rcc.systemReset(cause);
        for (RegisterBlock block : blocks) {
            boolean survives = block == rcc || block instanceof Dbgmcu && cause != ResetCause.POWER_ON;
            if (!survives) {
                block.reset();
            }
        }
    }

    /** HCLK, PCLK1, PCLK2, SysTick's external clock and the others. */
    public ClockTree clocks() {
        return rcc.clocks();
    }

    /** Reset and clock control: gates, resets and clocks for further peripherals. */
    public Rcc rcc() {
        return rcc;
    }

    /** The interface of the flash memory. */
    public FlashInterface flash() {
        return flash;
    }

    /** The power controller. */
    public Pwr pwr() {
        return pwr;
    }

    /** The system configuration controller. */
    public Syscfg syscfg() {
        return syscfg;
    }

    /** The external interrupt controller; lines 16 and up are inputs for other peripherals. */
    public Exti exti() {
        return exti;
    }

    /** Port 'A' to 'K'. */
    public GpioPort port(char letter) {
        return ports[letter - 'A'];
    }

    /** USART1 to UART8 by number. */
    public Usart usart1To8(int n) {
        return usarts.get(n - 1);
    }

    /** TIM2 to TIM5 by number. */
    public GeneralPurposeTimer timer2To5(int n) {
        return timers.get(n - 2);
    }

    /** All modelled register blocks, in the order in which they are saved. */
    public List<RegisterBlock> blocks() {
        return List.copyOf(blocks);
    }

    /** Every register of the chip. */
    public RegisterTable registerTable() {
        return table;
    }

    @Override
    public void save(StateWriter out) {
        blocks.forEach(block -> out.section(block.name(), block));
    }

    @Override
    public void load(StateReader in) {
        blocks.forEach(block -> in.section(block.name(), block));
    }
}
