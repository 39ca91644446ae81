// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import static picorn.emulator.time.Clock.NANOSECOND;

import java.util.List;
import picorn.emulator.bus.Dma;
import picorn.emulator.register.RegisterBlock;
import picorn.emulator.signal.Line;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.Clock;
import picorn.emulator.time.ClockDomain;
import picorn.emulator.time.EventQueue;
import picorn.netstack.link.FrameReceiver;

/**
 * The Ethernet peripheral of the STM32F4 with its PHY (RM0090, chapter 33): joins MAC, counters, clock and DMA. It takes frames from
 * the cable through {@link #receive} and hands those it sends to the receiver given to it, at the time of their last bit.
 *
 * <pre>{@code
 * MiiPhy phy = new MiiPhy("PHY", clock, events);
 * Ethernet ethernet = new Ethernet(bus.dma(), events, clock, hclk, nvic.line(61), phy, wire.a());
 * ethernet.mdio().attach(1, phy);
 * ethernet.blocks().forEach(block -> bus.attach(…));
 * wire.a().connect(ethernet);
 * }</pre>
 */
public final class Ethernet implements FrameReceiver, Saved {

    private final Clock clock;
    private final MiiPhy phy;
    private final FrameReceiver cable;
    private final Mdio mdio = new Mdio();
    private final MmcCounters mmc;
    private final PtpClock ptp;
    private final EthernetMac mac;
    private final EthernetDma dma;
    private final TransmitProcess transmit;
    private final ReceiveProcess receive;
    private final MacReceiver receiver;

    /**
     * A peripheral in reset.
     *
     * @param memory what its DMA reaches
     * @param hclk HCLK, from which MDC and the system time derive
     * @param interrupt the request "ETH" to the NVIC
     * @param phy what joins it to the cable; its place on {@link #mdio} is up to the caller
     * @param cable takes the frames it sends
     */
    public Ethernet(
            Dma memory,
            EventQueue events,
            Clock clock,
            ClockDomain hclk,
            Line interrupt,
            MiiPhy phy,
            FrameReceiver cable) {
        this.clock = clock;
        this.phy = phy;
        this.cable = cable;
        mmc = new MmcCounters(this::interruptChanged);
        ptp = new PtpClock(hclk, events, this::interruptChanged);
        mac = new EthernetMac(new Parts(), mmc, ptp, mdio, hclk, events);
        dma = new EthernetDma(new Engines(), mac, events, clock, hclk, interrupt);
        transmit = new TransmitProcess(dma, mac, mmc, ptp, memory, events, clock, this::send);
        receive = new ReceiveProcess(dma, mac, ptp, memory, events, clock);
        receiver = new MacReceiver(mac, mmc, ptp, transmit.transmitter(), receive);
    }

    /** The management bus, for PHYs to be attached to. */
    public Mdio mdio() {
        return mdio;
    }

    /** MAC registers: 0x40028000, 256 octets. */
    public EthernetMac mac() {
        return mac;
    }

    /** Management counters: 0x40028100, 512 octets: drivers write the mask of counters behind them, which are not there. */
    public MmcCounters mmc() {
        return mmc;
    }

    /** System time: 0x40028700, 256 octets. */
    public PtpClock ptp() {
        return ptp;
    }

    /** DMA registers: 0x40029000, 256 octets. */
    public EthernetDma dma() {
        return dma;
    }

    /** All four register blocks. They are saved with this object. */
    public List<RegisterBlock> blocks() {
        return List.of(mac, mmc, ptp, dma);
    }

    /** A frame comes in from the cable, now; it is lost while the link is down or something loops. */
    @Override
    public void receive(byte[] frame, int offset, int length, long now) {
        if (phy.carries() && !mac.lm.isSet()) {
            receiver.receive(frame, offset, length);
        }
    }

    private void send(byte[] frame, int length) {
        if (mac.lm.isSet() || phy.loopsBack()) {
            receiver.receive(frame, 0, length);
        } else if (phy.carries()) {
            cable.receive(frame, 0, length, clock.now() / NANOSECOND);
        }
    }

    /** The reset of RCC_AHB1RSTR.ETHMACRST and of DMABMR.SR. The PHY has a reset of its own. */
    public void reset() {
        transmit.reset();
        receive.reset();
        blocks().forEach(RegisterBlock::reset);
    }

    private void interruptChanged() {
        dma.updateInterrupt();
    }

    @Override
    public void save(StateWriter out) {
        out.section("Ethernet_MAC", mac);
        out.section("Ethernet_MMC", mmc);
        out.section("Ethernet_PTP", ptp);
        out.section("Ethernet_DMA", dma);
        out.section("transmit", transmit);
        out.section("receive", receive);
        out.section("PHY", phy);
    }

    @Override
    public void load(StateReader in) {
        in.section("Ethernet_MAC", mac);
        in.section("Ethernet_MMC", mmc);
        in.section("Ethernet_PTP", ptp);
        in.section("Ethernet_DMA", dma);
        in.section("transmit", transmit);
        in.section("receive", receive);
        in.section("PHY", phy);
        dma.updateInterrupt();
    }

    private final class Parts implements MacParts {
        @Override
        public void transmitterChanged() {
            transmit.transmitter().update();
        }

        @Override
        public void interruptChanged() {
            dma.updateInterrupt();
        }

        @Override
        public boolean transmitting() {
            return transmit.transmitter().transmitting();
        }

        @Override
        public boolean paused() {
            return transmit.transmitter().paused();
        }

        @Override
        public boolean transmitFifoFilled() {
            return transmit.hasFrame();
        }

        @Override
        public int receiveFifoLevel() {
            return receive.fifoLevel();
        }
    }

    private final class Engines implements EthernetDma.Processes {
        @Override
        public TransmitProcess transmit() {
            return transmit;
        }

        @Override
        public ReceiveProcess receive() {
            return receive;
        }

        @Override
        public void softwareReset() {
            reset();
        }
    }
}
