// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import java.util.ArrayList;
import java.util.List;
import picorn.emulator.bus.Device;
import picorn.emulator.bus.Region;
import picorn.emulator.core.ScriptedEngine.Instruction;
import picorn.emulator.cpu.Limit;
import picorn.emulator.cpu.Mapping;
import picorn.emulator.cpu.Ram;
import picorn.emulator.cpu.Reg;
import picorn.emulator.machine.Machine;
import picorn.emulator.time.Frequency;

/**
 * A Cortex-M4 as on an STM32F429 (91 interrupts, 4 priority bits) at 1 MHz, so that a cycle is a microsecond. Flash is at 0, RAM at
 * 0x20000000 and SDRAM at 0xC0000000; nothing is at {@link #NOTHING}. The handler of exception n is at {@link #handlerAddress}.
 */
final class CoreRig {
    static final int THREAD = 0x100 * 4;
    static final int RAM = 0x2000_0000;
    static final int RAM_SIZE = 0x1_0000;
    static final int MAIN_STACK = RAM + 0x4000;
    static final int PROCESS_STACK = RAM + 0x8000;
    static final int SDRAM = 0xC000_0000;
    static final int NOTHING = 0x6000_0000;
    static final int SCS = 0xE000_E000;

    static final int T = 1 << 24;
    static final int MICROSECOND = 1_000_000;

    final Machine machine;
    final ScriptedEngine engine;
    final Core core;
    final Exceptions exceptions;
    final Ram flash;
    final Ram ram;
    final StringBuilder traced = new StringBuilder();

    CoreRig(Limit... limits) {
        machine = new Machine(ScriptedEngine.provider(limits), new CoreConfiguration(91, 4, 10_000));
        engine = (ScriptedEngine) machine.engine();
        core = machine.core();
        exceptions = core.exceptions();
        flash = engine.allocate(0x1_0000);
        ram = engine.allocate(RAM_SIZE);
        map("FLASH", 0, flash, Mapping.READ_EXECUTE);
        map("SRAM", RAM, ram, Mapping.READ_WRITE_EXECUTE);
        map("SDRAM", SDRAM, engine.allocate(0x400), Mapping.READ_WRITE_EXECUTE);
        machine.onTrace((port, octet) -> traced.append(port).append((char) octet));
        machine.clocks().hclk().run(Frequency.hertz(1_000_000));
        machine.clocks().sysTickExternal().run(Frequency.hertz(125_000));
        flash.put32(0, MAIN_STACK);
        flash.put32(4, THREAD | 1);
        for (int n = 2; n < exceptions.count(); n++) {
            flash.put32(4 * n, handlerAddress(n) | 1);
            handler(n, Instructions.bxLr());
        }
        machine.reset();
    }

    private void map(String name, int base, Ram memory, Mapping mapping) {
        machine.bus().map(new Region.Memory(name, base, memory.size(), memory, 0, mapping, Region.Masters.ALL));
    }

    static int handlerAddress(int exception) {
        return 0x1000 + 0x40 * exception;
    }

    static int irq(int number) {
        return ExceptionNumber.FIRST_INTERRUPT + number;
    }

    CoreRig thread(Instruction... instructions) {
        engine.code(THREAD, instructions);
        return this;
    }

    CoreRig handler(int exception, Instruction... instructions) {
        engine.code(handlerAddress(exception), instructions);
        return this;
    }

    /** Enables an interrupt at a priority. */
    CoreRig interrupt(int number, int priority) {
        exceptions.setPriority(irq(number), priority);
        exceptions.enable(irq(number));
        return this;
    }

    /** Enables MemManage, BusFault and UsageFault. */
    CoreRig enableFaults() {
        write(SCS + 0xD24, 7 << 16);
        return this;
    }

    CoreRig enableFpu() {
        write(SCS + 0xD88, 0xF << 20);
        return this;
    }

    /** Thread mode on PSP, unprivileged or not. */
    CoreRig onProcessStack(int nPriv) {
        engine.enterMode(T, 2 | nPriv, MAIN_STACK, PROCESS_STACK);
        return this;
    }

    /** Takes what is pending and executes an instruction, {@code count} times. */
    CoreRig steps(int count) {
        for (int i = 0; i < count; i++) {
            core.run(engine.cycles() + 1);
        }
        return this;
    }

    CoreRig step() {
        return steps(1);
    }

    /** Lets what is pending be taken; executes nothing. */
    CoreRig take() {
        core.run(engine.cycles());
        return this;
    }

    /** Makes an exception pending and lets what is pending be taken; executes nothing. */
    CoreRig pend(int exception) {
        exceptions.pend(exception);
        return take();
    }

    int get(Reg register) {
        return engine.get(register);
    }

    CoreRig set(Reg register, int value) {
        engine.set(register, value);
        return this;
    }

    int ipsr() {
        return get(Reg.XPSR) & 0x1FF;
    }

    /** A word at {@code address}, as a privileged access or a debugger would see it. */
    int word(int address) {
        return (int) machine.bus().read(address, 4);
    }

    int[] words(int address, int count) {
        int[] words = new int[count];
        for (int i = 0; i < count; i++) {
            words[i] = word(address + 4 * i);
        }
        return words;
    }

    /** A privileged store from outside the core. */
    CoreRig write(int address, int value) {
        machine.bus().write(address, 4, value);
        return this;
    }

    CoreRig write(int address, int width, int value) {
        machine.bus().write(address, width, value);
        return this;
    }

    int cfsr() {
        return word(SCS + 0xD28);
    }

    int hfsr() {
        return word(SCS + 0xD2C);
    }

    /** Attaches a device at {@code base} that does what it is told at each write. */
    CoreRig device(int base, Runnable onWrite) {
        machine.bus().attach(base, 0x100, new Scratch(onWrite));
        return this;
    }

    /** A device of words that can be written and read. */
    private static final class Scratch implements Device {
        private final int[] words = new int[64];
        private final Runnable onWrite;

        Scratch(Runnable onWrite) {
            this.onWrite = onWrite;
        }

        @Override
        public String name() {
            return "SCRATCH";
        }

        @Override
        public int read(int offset, int width) {
            return words[offset / 4];
        }

        @Override
        public void write(int offset, int width, int value) {
            words[offset / 4] = value;
            onWrite.run();
        }

        @Override
        public int peek(int offset, int width) {
            return words[offset / 4];
        }
    }

    /** Runs until the core is in thread mode again, at most a hundred instructions; the handlers entered, in order. */
    List<Integer> handlersUntilThread() {
        List<Integer> entered = new ArrayList<>();
        long taken = core.exceptionsTaken();
        for (int i = 0; i < 200; i++) {
            core.run(engine.cycles() + i % 2);
            if (core.exceptionsTaken() != taken) {
                taken = core.exceptionsTaken();
                entered.add(ipsr());
            }
            if (ipsr() == 0 && i % 2 == 1) {
                break;
            }
        }
        return entered;
    }
}
