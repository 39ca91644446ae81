// SPDX-License-Identifier: MIT
package picorn.stm32f4.usart;

import static picorn.emulator.register.FieldAccess.RO;
import static picorn.emulator.register.FieldAccess.RW;
import static picorn.emulator.register.FieldAccess.UNIMPLEMENTED;
import static picorn.emulator.register.FieldAccess.W0C;

import picorn.emulator.register.Field;
import picorn.emulator.register.NarrowWrites;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;
import picorn.emulator.report.Finding;
import picorn.emulator.signal.Line;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.ClockDomain;
import picorn.emulator.time.EventQueue;

/**
 * USART of the STM32F4 (RM0090, chapter 30). Sends and receives whole characters, asynchronously, each in its real time; noise,
 * framing and parity errors do not occur, and the idle frame that setting TE sends is left out.
 */
public final class Usart extends RegisterBlock {
    private final Register sr =
            register("SR", 0x00, 0x0000_00C0).onRead(this::statusRead).onWrite(this::updateLines);
    private final Field pe = sr.bit(0, "PE", RO);
    private final Field fe = sr.bit(1, "FE", RO);
    private final Field nf = sr.bit(2, "NF", RO);
    private final Field ore = sr.bit(3, "ORE", RO);
    private final Field idle = sr.bit(4, "IDLE", RO);
    private final Field rxne = sr.bit(5, "RXNE", W0C);
    private final Field tc = sr.bit(6, "TC", W0C);
    private final Field txe = sr.bit(7, "TXE", RO);
    private final Field lbd = sr.bit(8, "LBD", W0C);

    private final Register dr =
            register("DR", 0x04).shows(this::received).onRead(this::dataRead).onWrite(this::dataWritten);
    private final Field data = dr.bits(8, 0, "DR");

    private final Register brr = register("BRR", 0x08).onWrite(this::controlled);
    private final Field divFraction = brr.bits(3, 0, "DIV_Fraction");
    private final Field divMantissa = brr.bits(15, 4, "DIV_Mantissa");

    private final Register cr1 = register("CR1", 0x0C).onWrite(this::controlled);
    private final Field sbk = cr1.bit(0, "SBK", UNIMPLEMENTED);
    private final Field rwu = cr1.bit(1, "RWU", UNIMPLEMENTED);
    private final Field re = cr1.bit(2, "RE");
    private final Field te = cr1.bit(3, "TE");
    private final Field idleie = cr1.bit(4, "IDLEIE");
    private final Field rxneie = cr1.bit(5, "RXNEIE");
    private final Field tcie = cr1.bit(6, "TCIE");
    private final Field txeie = cr1.bit(7, "TXEIE");
    private final Field peie = cr1.bit(8, "PEIE");
    private final Field ps = cr1.bit(9, "PS");
    private final Field pce = cr1.bit(10, "PCE", UNIMPLEMENTED);
    private final Field wake = cr1.bit(11, "WAKE");
    private final Field m = cr1.bit(12, "M");
    private final Field ue = cr1.bit(13, "UE");
    private final Field over8 = cr1.bit(15, "OVER8");

    private final Register cr2 = register("CR2", 0x10).onWrite(this::updateLines);
    private final Field add = cr2.bits(3, 0, "ADD");
    private final Field lbdl = cr2.bit(5, "LBDL");
    private final Field lbdie = cr2.bit(6, "LBDIE");
    private final Field stop = cr2.bits(13, 12, "STOP");
    private final Field linen = cr2.bit(14, "LINEN", UNIMPLEMENTED);

    private final Register cr3 = register("CR3", 0x14).onWrite(this::updateLines);
    private final Field eie = cr3.bit(0, "EIE");
    private final Field iren = cr3.bit(1, "IREN", UNIMPLEMENTED);
    private final Field irlp = cr3.bit(2, "IRLP");
    private final Field hdsel = cr3.bit(3, "HDSEL", UNIMPLEMENTED);
    private final Field dmar = cr3.bit(6, "DMAR");
    private final Field dmat = cr3.bit(7, "DMAT");
    private final Field onebit = cr3.bit(11, "ONEBIT");

    private final Transmitter transmitter;
    private final Receiver receiver;
    private final Framing framing = new Framing(brr, over8, m, stop);
    private final Line interrupt;
    private Line transmitRequest = Line.NOT_CONNECTED;
    private Line receiveRequest = Line.NOT_CONNECTED;
    /** Flags that were set when software read SR last: an access of DR clears them (30.6.1). */
    private int seen;

    /** Which functions an instance has (RM0090, 30.1). */
    public enum Kind {
        /** With synchronous, smartcard and hardware flow control modes. */
        USART,
        /** Without them. */
        UART
    }

    /**
     * @param name such as "USART1"
     * @param kernelClock its bus's clock while it is enabled
     * @param interrupt global interrupt
     */
    public Usart(String name, Kind kind, ClockDomain kernelClock, EventQueue queue, Line interrupt) {
        super(name, NarrowWrites.DUPLICATED);
        narrowest(2, 2); // 30.6
        this.interrupt = interrupt;
        if (kind == Kind.USART) {
            declareSynchronousAndFlowControl();
        }
        Pace pace = new Pace(kernelClock, framing);
        transmitter = new Transmitter(name, queue, pace, this::sent);
        receiver = new Receiver(name, queue, pace, rxne::isSet, this::arrived, this::lineIdle);
        kernelClock.onChange(() -> {
            transmitter.paceChanged();
            receiver.paceChanged();
        });
    }

    private void declareSynchronousAndFlowControl() {
        sr.bit(9, "CTS", W0C);
        cr2.bit(8, "LBCL", RW);
        cr2.bit(9, "CPHA", RW);
        cr2.bit(10, "CPOL", RW);
        cr2.bit(11, "CLKEN", UNIMPLEMENTED);
        cr3.bit(4, "NACK", UNIMPLEMENTED);
        cr3.bit(5, "SCEN", UNIMPLEMENTED);
        cr3.bit(8, "RTSE", UNIMPLEMENTED);
        cr3.bit(9, "CTSE", UNIMPLEMENTED);
        cr3.bit(10, "CTSIE", RW);
        Register gtpr = register("GTPR", 0x18);
        gtpr.bits(7, 0, "PSC");
        gtpr.bits(15, 8, "GT");
    }

    /** Sends what is transmitted to {@code sink}. */
    public void transmitTo(SerialSink sink) {
        transmitter.sendTo(sink);
    }

    /** What becomes of characters that firmware is too slow for; {@link HostFlow#HELD_BACK} at first. */
    public void flow(HostFlow flow) {
        receiver.flow(flow);
    }

    /** Lets {@code character}, 8 or 9 bits, come in on RX after those before it; false if {@link #room} is 0. */
    public boolean receive(int character) {
        if (!receiver.offer(character)) {
            return false;
        }
        runReceiver();
        return true;
    }

    /** How many characters {@link #receive} takes now. */
    public int room() {
        return receiver.room();
    }

    /** Drives {@code request} while DMA is to fill DR: DMAT and TXE. */
    public void onTransmitRequest(Line request) {
        transmitRequest = request;
    }

    /** Drives {@code request} while DMA is to read DR: DMAR and RXNE. */
    public void onReceiveRequest(Line request) {
        receiveRequest = request;
    }

    private void statusRead() {
        seen = sr.get();
    }

    private int received() {
        return receiver.data();
    }

    /** Clears RXNE, and the errors and IDLE that a read of SR has shown. */
    private void dataRead() {
        int shown = pe.mask() | fe.mask() | nf.mask() | ore.mask() | idle.mask();
        sr.set(sr.get() & ~(seen & shown) & ~rxne.mask());
        seen &= ~shown;
        updateLines();
    }

    /** Clears TXE, and TC if a read of SR has shown it. */
    private void dataWritten(int written) {
        if (!txe.isSet()) {
            findings()
                    .report(
                            Finding.Kind.PERIPHERAL_MISUSE,
                            name() + ".DR (written while TXE is 0: a character is lost)");
        }
        sr.set(sr.get() & ~(seen & tc.mask()));
        seen &= ~tc.mask();
        transmitter.hold(written & (1 << framing.dataBits()) - 1);
        txe.clear();
        runTransmitter();
        updateLines();
    }

    private void controlled() {
        reportNoRate();
        runTransmitter();
        runReceiver();
        updateLines();
    }

    private void reportNoRate() {
        if (ue.isSet() && (te.isSet() || re.isSet()) && brr.get() != 0 && !framing.hasRate()) {
            findings().report(Finding.Kind.PERIPHERAL_MISUSE, name() + ".BRR (USARTDIV is below 1)");
        }
    }

    private void runTransmitter() {
        if (ue.isSet() && te.isSet() && transmitter.start()) {
            txe.set();
        }
    }

    private void runReceiver() {
        if (ue.isSet() && re.isSet()) {
            receiver.start();
        }
    }

    /** A character has left; TC says that none follows. */
    private void sent() {
        runTransmitter();
        if (transmitter.isEmpty()) {
            tc.set();
        }
        updateLines();
    }

    /** A character stands in the data register. */
    private void arrived(Receiver.Arrival arrival) {
        switch (arrival) {
            case TAKEN -> rxne.set();
            case OVERRUN -> ore.set();
        }
        runReceiver();
        updateLines();
    }

    private void lineIdle() {
        idle.set();
        updateLines();
    }

    private void updateLines() {
        receiver.dataMayBeTaken();
        int control = cr1.get();
        boolean transmit = txe.isSet() && txeie.isSetIn(control) || tc.isSet() && tcie.isSetIn(control);
        boolean receive =
                (rxne.isSet() || ore.isSet()) && rxneie.isSetIn(control) || idle.isSet() && idleie.isSetIn(control);
        boolean error = ore.isSet() && eie.isSet() && dmar.isSet();
        interrupt.set(transmit || receive || error);
        transmitRequest.set(txe.isSet() && dmat.isSet());
        receiveRequest.set(rxne.isSet() && dmar.isSet());
    }

    @Override
    protected void resetRest() {
        seen = 0;
        transmitter.reset();
        receiver.reset();
        updateLines();
    }

    @Override
    protected void saveRest(StateWriter out) {
        out.int32(seen);
        transmitter.save(out);
        receiver.save(out);
    }

    @Override
    protected void loadRest(StateReader in) {
        seen = in.int32();
        transmitter.load(in);
        receiver.load(in);
    }
}
