// SPDX-License-Identifier: MIT
package picorn.stm32f4.system;

import static picorn.emulator.register.FieldAccess.RO;
import static picorn.emulator.register.FieldAccess.UNIMPLEMENTED;
import static picorn.emulator.register.FieldAccess.W1C;
import static picorn.emulator.register.FieldAccess.W1S;
import static picorn.emulator.register.FieldAccess.WO;

import picorn.emulator.bus.Bus;
import picorn.emulator.cpu.Ram;
import picorn.emulator.register.Field;
import picorn.emulator.register.NarrowWrites;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;
import picorn.emulator.report.Finding;
import picorn.emulator.signal.Line;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.Clock;
import picorn.emulator.time.Event;
import picorn.emulator.time.EventQueue;

/**
 * Embedded flash memory interface of the STM32F42x (RM0090, chapter 3). An operation changes the memory when it starts and is busy
 * for its typical time; the core, which the chip would stall meanwhile, runs on.
 */
public final class FlashInterface extends RegisterBlock implements Bus.ReadOnlyStores {
    private static final int[] KEYS = {0x4567_0123, 0xCDEF_89AB};
    private static final int[] OPTION_KEYS = {0x0819_2A3B, 0x4C5D_6E7F};
    private static final int PROTECTABLE = 12;
    /** Where the memory stands. */
    private static final int BASE = 0x0800_0000;

    private final Register acr = register("ACR", 0x00).onWrite(this::resetCaches);
    private final Field latency = acr.bits(3, 0, "LATENCY");
    private final Field prften = acr.bit(8, "PRFTEN");
    private final Field icen = acr.bit(9, "ICEN");
    private final Field dcen = acr.bit(10, "DCEN");
    private final Field icrst = acr.bit(11, "ICRST");
    private final Field dcrst = acr.bit(12, "DCRST");

    private final Register keyr = register("KEYR", 0x04).onWrite(this::key);
    private final Field key = keyr.bits(31, 0, "KEY", WO);
    private final Register optkeyr = register("OPTKEYR", 0x08).onWrite(this::optionKey);
    private final Field optkey = optkeyr.bits(31, 0, "OPTKEY", WO);

    private final Register sr = register("SR", 0x0C).onWrite(this::updateInterrupt);
    private final Field eop = sr.bit(0, "EOP", W1C);
    private final Field operr = sr.bit(1, "OPERR", W1C);
    private final Field wrperr = sr.bit(4, "WRPERR", W1C);
    private final Field pgaerr = sr.bit(5, "PGAERR", W1C);
    private final Field pgperr = sr.bit(6, "PGPERR", W1C);
    private final Field pgserr = sr.bit(7, "PGSERR", W1C);
    private final Field rderr = sr.bit(8, "RDERR", W1C);
    private final Field bsy = sr.bit(16, "BSY", RO);

    private final Register cr = register("CR", 0x10, 0x8000_0000).onWrite(this::control);
    private final Field pg = cr.bit(0, "PG");
    private final Field ser = cr.bit(1, "SER");
    private final Field mer = cr.bit(2, "MER");
    private final Field snb = cr.bits(7, 3, "SNB");
    private final Field psize = cr.bits(9, 8, "PSIZE");
    private final Field mer1 = cr.bit(15, "MER1");
    private final Field strt = cr.bit(16, "STRT", W1S);
    private final Field eopie = cr.bit(24, "EOPIE");
    private final Field errie = cr.bit(25, "ERRIE");
    private final Field lock = cr.bit(31, "LOCK", W1S);

    private final Register optcr = register("OPTCR", 0x14, 0x0FFF_AAED).onWrite(this::controlOptions);
    private final Field optlock = optcr.bit(0, "OPTLOCK", W1S);
    private final Field optstrt = optcr.bit(1, "OPTSTRT", W1S);
    private final Field borLev = optcr.bits(3, 2, "BOR_LEV");
    private final Field bfb2 = optcr.bit(4, "BFB2", UNIMPLEMENTED);
    private final Field wdgSw = optcr.bit(5, "WDG_SW");
    private final Field nRstStop = optcr.bit(6, "nRST_STOP");
    private final Field nRstStdby = optcr.bit(7, "nRST_STDBY");
    private final Field rdp = optcr.bits(15, 8, "RDP");
    private final Field nWrp = optcr.bits(27, 16, "nWRP");
    private final Field db1m = optcr.bit(30, "DB1M");
    private final Field sprmod = optcr.bit(31, "SPRMOD", UNIMPLEMENTED);

    private final Register optcr1 = register("OPTCR1", 0x18, 0x0FFF_0000);
    private final Field nWrp2 = optcr1.bits(27, 16, "nWRP");

    private final FlashAccelerator accelerator =
            new FlashAccelerator(latency::get, prften::isSet, icen::isSet, dcen::isSet);
    private final Clock clock;
    private final Ram memory;
    private final FlashSectors sectors;
    private final Changed changed;
    private final Line interrupt;
    private final Event done;
    private final Unlock unlock = new Unlock(KEYS);
    private final Unlock unlockOptions = new Unlock(OPTION_KEYS);
    private boolean lockedReported;
    /** What OPTCR and OPTCR1 load from at reset. */
    private int options;

    private int options1;

    /** Told what part of the memory was erased or programmed, so that an engine forgets its code. */
    @FunctionalInterface
    public interface Changed {
        /** {@code size} octets from {@code offset} on are new. */
        void changed(Ram memory, int offset, int size);
    }

    /**
     * @param memory the main flash memory, 1 or 2 MB
     * @param interrupt global interrupt of FLASH
     */
    public FlashInterface(EventQueue queue, Clock clock, Ram memory, Changed changed, Line interrupt) {
        super("FLASH", NarrowWrites.MERGED);
        this.clock = clock;
        this.memory = memory;
        this.sectors = new FlashSectors(memory.size());
        this.changed = changed;
        this.interrupt = interrupt;
        done = queue.event("FLASH.done", this::done);
        cr.writableIf(() -> !lock.isSet() && !bsy.isSet(), "while LOCK or BSY is set");
        optcr.writableIf(() -> !optlock.isSet() && !bsy.isSet(), "while OPTLOCK or BSY is set");
        optcr1.writableIf(() -> !optlock.isSet() && !bsy.isSet(), "while OPTLOCK or BSY is set");
        options = optcr.resetValue();
        options1 = optcr1.resetValue();
    }

    /** Wait states that firmware has set: ACR.LATENCY. */
    public int waitStates() {
        return latency.get();
    }

    /** What the core waits for this memory. */
    public FlashAccelerator accelerator() {
        return accelerator;
    }

    /** Only a cache that is off can be reset (3.9.2). */
    private void resetCaches(int written) {
        if (icrst.isSet() && !icen.isSet()) {
            accelerator.resetInstructions();
        }
        if (dcrst.isSet() && !dcen.isSet()) {
            accelerator.resetData();
        }
    }

    private void key(int written) {
        if (unlock.accepts(written)) {
            lock.clear();
        } else if (unlock.isBlocked()) {
            lock.set();
            misuse("KEYR (wrong key: locked until reset)");
        }
    }

    private void optionKey(int written) {
        if (unlockOptions.accepts(written)) {
            optlock.clear();
        } else if (unlockOptions.isBlocked()) {
            optlock.set();
            misuse("OPTKEYR (wrong key: locked until reset)");
        }
    }

    private void misuse(String what) {
        findings().report(Finding.Kind.PERIPHERAL_MISUSE, "FLASH." + what);
    }

    private void control(int written) {
        if (lock.isSet()) {
            unlock.startOver();
        }
        if (strt.isSet()) {
            startErase();
        }
        updateInterrupt();
    }

    private void startErase() {
        long time;
        if (pg.isSet() || !ser.isSet() && !mer.isSet() && !mer1.isSet()) {
            strt.clear();
            fail(pgserr, "CR.STRT (with none of SER, MER and MER1, or with PG)");
            return;
        } else if (ser.isSet()) {
            time = eraseSector(sectors.numbered(snb.get()));
        } else {
            time = (mer.isSet() ? eraseBank(1) : 0) + (mer1.isSet() ? eraseBank(2) : 0);
        }
        busyFor(time);
    }

    private long eraseSector(int sector) {
        if (sector < 0) {
            fail(pgserr, "CR.SNB (%d is no sector)".formatted(snb.get()));
            return 0;
        }
        if (isProtected(sector)) {
            fail(wrperr, "CR.SER (sector %d is write-protected)".formatted(sector));
            return 0;
        }
        memory.fill(sectors.offset(sector), sectors.size(sector), 0xFF);
        changed.changed(memory, sectors.offset(sector), sectors.size(sector));
        return FlashTimes.erase(sectors.size(sector), psize.get());
    }

    private long eraseBank(int bank) {
        long time = 0;
        int first = sectors.firstOf(bank);
        for (int sector = first; sector < first + sectors.inBank(bank); sector++) {
            time += eraseSector(sector);
        }
        return time;
    }

    private boolean isProtected(int sector) {
        Field notProtected = sector < PROTECTABLE ? nWrp : nWrp2;
        return (notProtected.get() >>> sector % PROTECTABLE & 1) == 0;
    }

    @Override
    public void store(int offset, int width, int value) {
        if (lock.isSet()) {
            raise(pgserr);
            reportLocked(offset);
        } else if (!pg.isSet()) {
            fail(pgserr, "CR.PG (flash is written while it is 0)");
        } else if (width != Math.min(4, 1 << psize.get())) {
            fail(pgperr, "CR.PSIZE (%d octets are written)".formatted(width));
        } else if (isProtected(sectors.at(offset))) {
            fail(wrperr, "CR.PG (sector %d is write-protected)".formatted(sectors.at(offset)));
        } else {
            program(offset, width, value);
        }
    }

    /** Programming turns ones to zeros only (3.6.4). */
    private void program(int offset, int width, int value) {
        boolean erased = true;
        for (int i = 0; i < width; i++) {
            int octet = value >>> 8 * i & 0xFF;
            int stored = memory.get8(offset + i) & octet;
            erased &= stored == octet;
            memory.put8(offset + i, stored);
        }
        if (!erased) {
            misuse("CR.PG (programs what was not erased)");
        }
        changed.changed(memory, offset, width);
        busyFor(FlashTimes.PROGRAM);
    }

    private void busyFor(long time) {
        bsy.set();
        done.at(Math.max(clock.now(), done.armed() ? done.due() : 0) + time);
    }

    private void done() {
        bsy.clear();
        strt.clear();
        optstrt.clear();
        if (eopie.isSet()) {
            eop.set();
        }
        updateInterrupt();
    }

    private void fail(Field error, String what) {
        raise(error);
        misuse(what);
    }

    private void raise(Field error) {
        error.set();
        if (errie.isSet()) {
            operr.set();
        }
        updateInterrupt();
    }

    private void reportLocked(int offset) {
        if (!lockedReported) {
            lockedReported = true;
            findings().report(Finding.Kind.FLASH_LOCKED, "0x%08x".formatted(BASE + offset));
        }
    }

    private void updateInterrupt() {
        interrupt.set(eop.isSet() && eopie.isSet() || operr.isSet() && errie.isSet());
    }

    private void controlOptions(int written) {
        if (optlock.isSet()) {
            unlockOptions.startOver();
        }
        if (optstrt.isSet()) {
            options = optcr.get() & ~optstrt.mask();
            options1 = optcr1.get();
            busyFor(FlashTimes.erase(16 * 1024, psize.get()));
        }
    }

    @Override
    protected void resetRest() {
        done.cancel();
        accelerator.reset();
        unlock.reset();
        unlockOptions.reset();
        optcr.set(options | optlock.mask());
        optcr1.set(options1);
        updateInterrupt();
    }

    @Override
    protected void saveRest(StateWriter out) {
        accelerator.save(out);
        unlock.save(out);
        unlockOptions.save(out);
        out.int32(options);
        out.int32(options1);
    }

    @Override
    protected void loadRest(StateReader in) {
        accelerator.load(in);
        unlock.load(in);
        unlockOptions.load(in);
        options = in.int32();
        options1 = in.int32();
    }
}
