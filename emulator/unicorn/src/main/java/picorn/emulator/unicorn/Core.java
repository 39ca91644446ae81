// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import picorn.emulator.cpu.CpuBus;
import picorn.emulator.cpu.Stop;
import picorn.emulator.cpu.Stop.Fault;
import picorn.emulator.cpu.Stop.Reason;

/**
 * The core between two starts of Unicorn: its program counter and clock, and what ended the latest start. A start is exact
 * except that it may finish an IT block; what calls it takes care of that.
 */
final class Core implements AutoCloseable {
    private static final int EXCEPTION = 0x1ff;
    private static final int LONGEST_EXC_RETURN = 0xf000_0000;

    private static final int EXCP_SVC = 2;
    private static final int EXCP_PREFETCH_ABORT = 3;
    private static final int EXCP_DATA_ABORT = 4;
    private static final int EXCP_BKPT = 7;
    private static final int EXCP_EXCEPTION_EXIT = 8;
    private static final int EXCP_NOCP = 17;
    private static final int NO_EXCEPTION = -1;

    final Emulation emulation;
    final RegisterFile registers;
    final AddressMap map;
    final Breakpoints breakpoints;
    final BusAccess accesses;
    private final BlockFinder blocks;
    private final Undo undo;
    private final Stop stop;

    // Unicorn does not keep its callbacks alive: these fields do.
    private final Uc.IoRead onRead = (uc, offset, size, base) -> accesses().read((int) (base + offset), size);
    private final Uc.IoWrite onWrite =
            (uc, offset, size, value, base) -> accesses().write((int) (base + offset), size, value);
    private final Uc.MemoryAccess onProtectedRead = this::protectedRead;
    private final Uc.MemoryAccess onProtectedWrite = this::protectedWrite;
    private final Uc.Interrupt onInterrupt = this::interrupt;

    private int pc;
    private int xpsr;
    private boolean xpsrKnown;
    private long cycles;
    private long deadline;
    private boolean running;
    private int exception;

    Core(NativeUnicorn unicorn, CpuBus bus, Stop stop) {
        this.stop = stop;
        emulation = new Emulation(unicorn);
        registers = new RegisterFile(emulation.uc);
        map = new AddressMap(unicorn, emulation.uc, onRead, onWrite);
        breakpoints = new Breakpoints(unicorn, emulation.uc, map);
        blocks = new BlockFinder(map);
        undo = new Undo(emulation, map, blocks, registers);
        accesses = new BusAccess(bus, emulation, registers, undo, map);
        emulation.hook(Uc.HOOK_INTR, onInterrupt);
        emulation.hook(Uc.HOOK_MEM_READ_PROT, onProtectedRead);
        emulation.hook(Uc.HOOK_MEM_WRITE_PROT, onProtectedWrite);
    }

    private BusAccess accesses() {
        return accesses;
    }

    long cycles() {
        return running ? cycles + emulation.counted() - 1 : cycles;
    }

    int pc() {
        return running ? registers.read(RegisterFile.PC) : pc;
    }

    void pc(int newPc) {
        pc = newPc & ~1;
    }

    void cycles(long newCycles) {
        cycles = newCycles;
    }

    /** xPSR as of now. */
    int xpsr() {
        if (!xpsrKnown) {
            xpsr = registers.read(RegisterFile.XPSR);
            xpsrKnown = true;
        }
        return xpsr;
    }

    /** To be called when registers were written. */
    void registersChanged() {
        xpsrKnown = false;
    }

    void itState(int itState) {
        registers.writeItState(itState);
        xpsr = Thumb.withItState(xpsr(), itState);
    }

    /** The clock that the run ends by. */
    long deadline() {
        return deadline;
    }

    void deadline(long newDeadline) {
        deadline = newDeadline;
    }

    /** From a callback: this start must not pass {@code cycle}, nor the accessing instruction if that is later. */
    void endBy(long cycle) {
        long count = cycle - cycles - Emulation.OVERRUN;
        emulation.limit(count);
        if (count <= emulation.counted()) {
            undo.prepare();
        }
    }

    /**
     * Executes up to {@code count} instructions, and what more Unicorn executes of an IT block. Returns whether there is a reason to
     * stop, then told by {@link Stop}; otherwise the count was reached, or a callback asked for an end, or code that
     * cannot be fetched comes next and must not be told before the clock has got there.
     */
    boolean start(long count) {
        prepareStart();
        int error = emulation.start(pc, xpsr(), count);
        running = false;
        int begin = pc;
        readState();
        emulation.settle(pc, blocks);
        cycles += emulation.counted();
        if (accesses.fault() != Fault.NONE) {
            return refused();
        }
        if (undo.prepared() && emulation.counted() > undo.mark()) {
            cycles += undo.mark() - 1 - emulation.counted();
            return takeBack();
        }
        undo.discard();
        if (emulation.endedAfterBlock()) {
            pc = blocks.correctedPc(pc, emulation.itState(pc, blocks), xpsr);
        }
        return judge(error, begin);
    }

    private void prepareStart() {
        accesses.begin();
        exception = NO_EXCEPTION;
        xpsr();
        running = true;
    }

    private void readState() {
        registers.begin();
        int pcPlace = registers.add(RegisterFile.PC, 0);
        int xpsrPlace = registers.add(RegisterFile.XPSR, 0);
        registers.readBatch();
        pc = registers.value(pcPlace);
        xpsr = registers.value(xpsrPlace);
        xpsrKnown = true;
    }

    /** The accessing instruction has not been executed, or has been in an IT block, and is taken back. */
    private boolean refused() {
        if (undo.prepared() && pc != undo.pc()) {
            cycles += undo.mark() - emulation.counted();
            pc = undo.restore();
            readXpsr();
        }
        undo.discard();
        accesses.restoreLoaded();
        cycles--;
        rethrow(accesses.failure());
        stop.setFault(accesses.fault(), accesses.faultAddress());
        return true;
    }

    private void readXpsr() {
        xpsrKnown = false;
        xpsr();
    }

    /** Returns to the access that should have been the last, and executes its instruction alone. */
    private boolean takeBack() {
        pc = undo.restore();
        readXpsr();
        accesses.replay();
        try {
            return startOne();
        } finally {
            accesses.endReplay();
        }
    }

    /** Executes the next instruction, which is in an IT block and passes its condition. */
    boolean startOne() {
        int itState = Thumb.itState(xpsr());
        int begin = pc;
        itState(Thumb.onlyNext(itState));
        boolean stopped = start(1);
        boolean executed = pc != begin || !stopped;
        itState(executed ? Thumb.advance(itState) : itState);
        return stopped;
    }

    private boolean judge(int error, int begin) {
        if (exception != NO_EXCEPTION) {
            return judgeException();
        }
        return switch (error) {
            case Uc.OK -> judgeEnd();
            case Uc.ERR_INSN_INVALID -> judgeInvalid(begin);
            case Uc.ERR_FETCH_UNMAPPED, Uc.ERR_FETCH_PROT -> notFetched();
            default -> throw new IllegalStateException("Unicorn: " + Uc.uc_strerror(error));
        };
    }

    private boolean judgeException() {
        return switch (exception) {
            case EXCP_SVC -> reason(Reason.SVC, map.code(pc - 2) & 0xff);
            case EXCP_BKPT -> at(Reason.BKPT, map.code(pc) & 0xff);
            case EXCP_PREFETCH_ABORT, EXCP_EXCEPTION_EXIT -> isExceptionReturn()
                    ? reason(Reason.EXCEPTION_RETURN, pc | 1)
                    : notFetched();
            case EXCP_DATA_ABORT -> faultAt(Fault.UNALIGNED);
            case EXCP_NOCP -> faultAt(Fault.NO_COPROCESSOR);
            default -> faultAt(Fault.UNDEFINED_INSTRUCTION);
        };
    }

    /** Only a branch there returns: a vector that holds such a value is code that cannot be fetched. */
    private boolean isExceptionReturn() {
        return emulation.counted() > 0
                && (xpsr & EXCEPTION) != 0
                && Integer.compareUnsigned(pc, LONGEST_EXC_RETURN) >= 0;
    }

    private boolean judgeEnd() {
        return (!emulation.exhausted() || waitsInBlock()) && !breakpoints.at(pc) && reason(Reason.WFI, 0);
    }

    /** A WFI in an IT block ends the start also where the count asked for that in the block and was not obeyed. */
    private boolean waitsInBlock() {
        int second = map.code(pc - 2);
        int begin = pc - (second == Thumb.WFI_NARROW ? 2 : 4);
        int itState = emulation.itState(begin, blocks);
        return itState != 0 && Thumb.isHint(map.code(pc - 4), second, Thumb.WFI) && Thumb.holds(itState >> 4, xpsr);
    }

    /** Unicorn takes WFE and YIELD for undefined, but then the PC is past them. */
    private boolean judgeInvalid(int begin) {
        if ((xpsr & Thumb.T) == 0) {
            return cycles < deadline && fault(Fault.INVALID_STATE, pc);
        }
        boolean moved = pc != begin || emulation.counted() > 1;
        if (moved && Thumb.isHint(map.code(pc - 4), map.code(pc - 2), Thumb.WFE)) {
            return reason(Reason.WFE, 0);
        }
        if (moved && Thumb.isHint(map.code(pc - 4), map.code(pc - 2), Thumb.YIELD)) {
            return false;
        }
        return faultAt(Fault.UNDEFINED_INSTRUCTION);
    }

    private boolean notFetched() {
        return !map.letsRun(pc) && cycles < deadline && fault(Fault.FETCH, pc);
    }

    private boolean reason(Reason reason, int value) {
        stop.set(reason, value);
        return true;
    }

    private boolean at(Reason reason, int value) {
        cycles--;
        return reason(reason, value);
    }

    private boolean faultAt(Fault fault) {
        cycles--;
        return fault(fault, 0);
    }

    private boolean fault(Fault fault, int address) {
        stop.setFault(fault, address);
        return true;
    }

    private void interrupt(long uc, int number, long data) {
        exception = number;
        emulation.abort();
    }

    /** Unicorn loads what the memory holds, which is what the bus answers. */
    private byte protectedRead(long uc, int type, long address, int size, long value, long data) {
        if ((address & size - 1) == 0) {
            accesses.read((int) address, size);
        }
        return 1;
    }

    /** An unaligned store comes once as a whole and then octet by octet. */
    private byte protectedWrite(long uc, int type, long address, int size, long value, long data) {
        if ((address & size - 1) == 0) {
            accesses.write((int) address, size, value);
        }
        return 1;
    }

    private static void rethrow(Throwable failure) {
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
    }

    @Override
    public void close() {
        undo.close();
        emulation.close();
    }
}
