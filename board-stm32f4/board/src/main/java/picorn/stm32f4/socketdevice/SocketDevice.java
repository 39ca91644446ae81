// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import static picorn.emulator.register.FieldAccess.RO;
import static picorn.emulator.register.FieldAccess.W1C;
import static picorn.emulator.register.FieldAccess.W1S;

import java.util.List;
import picorn.emulator.bus.Dma;
import picorn.emulator.register.Field;
import picorn.emulator.register.NarrowWrites;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;
import picorn.emulator.signal.Line;
import picorn.emulator.state.ObjectState;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.Clock;
import picorn.emulator.time.EventQueue;
import picorn.netstack.link.FrameReceiver;
import picorn.netstack.stack.Stack;

/** The socket device (docs/socket-device.md): registers, rings and interrupt in front of a TCP/IP stack. */
public final class SocketDevice extends RegisterBlock implements FrameReceiver {
    /** Address of its registers. */
    public static final int BASE = 0x5008_0000;
    /** Octets that they take. */
    public static final int SIZE = 0x400;
    /** Its position in the vector table. */
    public static final int INTERRUPT = 79;

    static final int BAD_RING = 1;
    static final int NO_MEMORY = 2;
    static final int BAD_COUNT = 3;

    private final Register idr = register("IDR", 0x00, 0x5053_4B31);
    private final Field id = idr.bits(31, 0, "ID", RO);
    private final Register verr = register("VERR", 0x04, 0x0001_0000);
    private final Field version = verr.bits(31, 0, "VER", RO);
    private final Register capr = register("CAPR", 0x08).shows(this::capabilities);
    private final Field capabilities = capr.bits(4, 0, "CAP", RO);
    private final Register limr =
            register("LIMR", 0x0C, Pieces.MOST << 24 | GuestRings.MOST_ENTRIES << 16 | SocketTable.SIZE);
    private final Field limits = limr.bits(31, 0, "LIM", RO);
    private final Register cr = register("CR", 0x10).onWrite(this::controlWritten);
    private final Field en = cr.bit(0, "EN");
    private final Field rst = cr.bit(1, "RST", W1S);
    private final Field evie = cr.bit(8, "EVIE");
    private final Field cpie = cr.bit(9, "CPIE");
    private final Field lkie = cr.bit(10, "LKIE");
    private final Field erie = cr.bit(11, "ERIE");
    private final Register sr = register("SR", 0x14).shows(this::status).onWrite(this::updateInterrupt);
    private final Field evf = sr.bit(0, "EVF", RO);
    private final Field cpf = sr.bit(1, "CPF", RO);
    private final Field lkf = sr.bit(2, "LKF", W1C);
    private final Field erf = sr.bit(3, "ERF", W1C);
    private final Register errr = register("ERRR", 0x18);
    private final Field err = errr.bits(7, 0, "ERR", RO);
    private final Register cmdar = ring("CMDAR", 0x1C);
    private final Register cplar = ring("CPLAR", 0x20);
    private final Register evtar = ring("EVTAR", 0x24);
    private final Register staar = ring("STAAR", 0x28);
    private final Register rszr = ring("RSZR", 0x2C);
    private final Register cmdtr = register("CMDTR", 0x30).onWrite(this::commandsWritten);
    private final Register cmdhr = register("CMDHR", 0x34);
    private final Field commandsDone = cmdhr.bits(31, 0, "CMDH", RO);
    private final Register cpltr = register("CPLTR", 0x38);
    private final Field completions = cpltr.bits(31, 0, "CPLT", RO);
    private final Register cplhr = register("CPLHR", 0x3C).onWrite(this::completionsTaken);
    private final Register evttr = register("EVTTR", 0x40).shows(() -> events().tail);
    private final Field eventsPut = evttr.bits(31, 0, "EVTT", RO);
    private final Register evthr =
            register("EVTHR", 0x44).shows(() -> events().head).onWrite(this::eventsTaken);
    private final Register maclr = register("MACLR", 0x48, Integer.reverseBytes((int) (Host.STATION.bits() >>> 16)));
    private final Field macLow = maclr.bits(31, 0, "MACL", RO);
    private final Register machr = register("MACHR", 0x4C, Short.reverseBytes((short) Host.STATION.bits()) & 0xFFFF);
    private final Field macHigh = machr.bits(15, 0, "MACH", RO);

    private final SocketDeviceConfig config;
    private final Line interrupt;
    private final EventRing eventRing = new EventRing();
    private final Exchange exchange;
    private final SocketTable table = new SocketTable(this::socketChanged);
    private final GuestRings rings;
    private final HostRunner runner;
    private Operations operations;
    /** EN, as it was when it was last looked at. */
    private boolean enabled;

    /**
     * A device in reset.
     *
     * @param memory what it reaches
     * @param interrupt its request to the NVIC
     * @param cable takes the frames that it sends
     * @param seed of its random numbers
     */
    public SocketDevice(
            SocketDeviceConfig config,
            Dma memory,
            EventQueue events,
            Clock clock,
            Line interrupt,
            FrameReceiver cable,
            long seed) {
        super("SOCKETS", NarrowWrites.MERGED);
        this.config = config;
        this.interrupt = interrupt;
        exchange = new Exchange(memory);
        rings = new GuestRings(memory, List.of(cmdar, cplar, evtar, staar), rszr);
        runner = new HostRunner(config, events, clock, cable, seed, table, this::addressed);
        operations = new Operations(exchange, table, runner.host());
    }

    private Register ring(String name, int offset) {
        return register(name, offset).writableIf(() -> !isEnabled(), "while EN is set");
    }

    private EventRing events() {
        return eventRing;
    }

    /** The stack behind it, for reports; it is another one after each reset. */
    public Stack stack() {
        return runner.host().stack();
    }

    /** How many sockets are open. */
    public int sockets() {
        return (int) table.all().count();
    }

    private boolean isEnabled() {
        return en.isSet();
    }

    // Registers.

    private int capabilities() {
        return switch (config.size()) {
            case FULL -> 0x1F;
            case CLIENT -> 0x1B;
            case MINIMAL -> 0x03;
        };
    }

    private int status() {
        return sr.get() | (eventRing.isEmpty() ? 0 : evf.mask()) | (completionsWait() ? cpf.mask() : 0);
    }

    private boolean completionsWait() {
        return cpltr.get() != cplhr.get();
    }

    private void updateInterrupt() {
        int status = status();
        interrupt.set(evie.isSet() && evf.isSetIn(status)
                || cpie.isSet() && cpf.isSetIn(status)
                || lkie.isSet() && lkf.isSetIn(status)
                || erie.isSet() && erf.isSetIn(status));
    }

    private void controlWritten(int written) {
        if (rst.isSetIn(written)) {
            reset();
        } else if (en.isSet() && !enabled) {
            enable();
        } else if (!en.isSet()) {
            enabled = false;
        }
        updateInterrupt();
    }

    private void enable() {
        enabled = true;
        for (Register count : List.of(cmdtr, cmdhr, cpltr, cplhr)) {
            count.set(0);
        }
        eventRing.clear();
        if (!rings.areGood()) {
            fail(BAD_RING);
            return;
        }
        table.all().forEach(socket -> writeState(socket.number));
    }

    private void fail(int code) {
        err.set(code);
        erf.set();
        en.clear();
        enabled = false;
        updateInterrupt();
    }

    // Commands.

    private void commandsWritten() {
        if (!isEnabled()) {
            return;
        }
        if (Integer.compareUnsigned(cmdtr.get() - cmdhr.get(), rings.commandEntries()) > 0) {
            fail(BAD_COUNT);
            return;
        }
        runner.poll();
        carryOut();
        runner.poll();
    }

    private void completionsTaken(int upTo) {
        if (!isEnabled()) {
            return;
        }
        if (Integer.compareUnsigned(cpltr.get() - upTo, rings.completionEntries()) > 0) {
            fail(BAD_COUNT);
            return;
        }
        if (cmdtr.get() != cmdhr.get()) {
            commandsWritten();
        }
        updateInterrupt();
    }

    private void eventsTaken(int upTo) {
        if (isEnabled() && !eventRing.taken(upTo)) {
            fail(BAD_COUNT);
        }
        updateInterrupt();
    }

    private void carryOut() {
        int room = rings.completionEntries();
        while (isEnabled() && cmdhr.get() != cmdtr.get() && cpltr.get() - cplhr.get() < room) {
            if (!rings.readCommand(cmdhr.get(), exchange.command)) {
                fail(NO_MEMORY);
                return;
            }
            cmdhr.set(cmdhr.get() + 1);
            exchange.completion.start(exchange.command.tag());
            complete(operations.carryOut());
        }
        updateInterrupt();
    }

    private void complete(int result) {
        int count = cpltr.get();
        int operation = exchange.command.operation();
        boolean made = (operation == Operations.OPEN || operation == Operations.ACCEPT) && result >= 0;
        int about = made ? result : exchange.command.socket();
        writeState(about);
        if (made) {
            writeState(exchange.command.socket());
        }
        cpltr.set(count + 1);
        exchange.completion.end(result, table.state(about), count + 1);
        if (!rings.writeCompletion(count, exchange.completion)) {
            fail(NO_MEMORY);
        }
    }

    // States and events.

    private void writeState(int number) {
        if (isEnabled() && number < SocketTable.SIZE && !rings.writeState(number, table.state(number))) {
            fail(NO_MEMORY);
        }
    }

    private void socketChanged(int number) {
        if (!isEnabled()) {
            return;
        }
        writeState(number);
        int count = eventRing.tail;
        if (eventRing.add(number) && !rings.writeEvent(count, number)) {
            fail(NO_MEMORY);
        }
        updateInterrupt();
    }

    private void addressed() {
        lkf.set();
        updateInterrupt();
    }

    @Override
    public void receive(byte[] frame, int offset, int length, long now) {
        runner.receive(frame, offset, length, now);
    }

    @Override
    protected void resetRest() {
        table.closeAll();
        runner.reset();
        operations = new Operations(exchange, table, runner.host());
        enabled = false;
        eventRing.clear();
        updateInterrupt();
    }

    // State.

    /** The stack with its connections, the sockets, and where commands are carried out. */
    private ObjectState behind() {
        return new ObjectState(
                List.of("picorn.netstack.", SocketDevice.class.getPackageName() + "."),
                List.of(),
                List.of(runner.host(), table, exchange));
    }

    @Override
    protected void saveRest(StateWriter out) {
        out.flag(enabled);
        out.section("events", eventRing);
        out.section("runner", runner);
        out.section("stack", behind());
    }

    @Override
    protected void loadRest(StateReader in) {
        enabled = in.flag();
        in.section("events", eventRing);
        in.section("runner", runner);
        in.section("stack", behind());
        operations = new Operations(exchange, table, runner.host());
        runner.loaded();
        table.hear();
        updateInterrupt();
    }
}
