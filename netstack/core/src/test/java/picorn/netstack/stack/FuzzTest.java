// SPDX-License-Identifier: MIT
package picorn.netstack.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.netstack.testing.Station.NOBODY;
import static picorn.netstack.testing.Station.OUR_MAC;
import static picorn.netstack.testing.Station.PEER;
import static picorn.netstack.testing.Station.PEER_MAC;
import static picorn.netstack.testing.Station.US;

import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.arp.ArpDrop;
import picorn.netstack.dhcp.DhcpDrop;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.ethernet.EthernetHeader;
import picorn.netstack.ethernet.VlanDrop;
import picorn.netstack.igmp.Igmp;
import picorn.netstack.igmp.IgmpDrop;
import picorn.netstack.ip.ErrorDrop;
import picorn.netstack.ip.ForwardDrop;
import picorn.netstack.ip.Forwarder;
import picorn.netstack.ip.FragmentDrop;
import picorn.netstack.ip.Fragmenter;
import picorn.netstack.ip.IpModule;
import picorn.netstack.ip.Ipv4;
import picorn.netstack.ip.Ipv4Drop;
import picorn.netstack.ip.OptionDrop;
import picorn.netstack.ip.OptionProcessor;
import picorn.netstack.ip.PathMtuCache;
import picorn.netstack.ip.Reassembler;
import picorn.netstack.ip.Redirects;
import picorn.netstack.loopback.LoopbackInterface;
import picorn.netstack.octets.Drop;
import picorn.netstack.raw.RawSocket;
import picorn.netstack.raw.RawSockets;
import picorn.netstack.service.UserGateway;
import picorn.netstack.testing.Drops;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.FuzzedFrames;
import picorn.netstack.testing.Recorder;
import picorn.netstack.udp.UdpDrop;

class FuzzTest {
    private static final long SEED = Long.getLong("picorn.fuzz.seed", 826);
    private static final int FRAMES = Integer.getInteger("picorn.fuzz.frames", 1_000_000);
    private static final int MEMORY = 96 * 1024;

    private long sent;
    private final Recorder recorder = new Recorder();
    private boolean recording;
    private final UserGateway gateway = new UserGateway(
            StackConfig.named("gateway").seed(SEED).memory(MEMORY).modules(List.of()), (frame, offset, length, now) -> {
                sent++;
                if (recording) {
                    recorder.receive(frame, offset, length, now);
                }
            });

    /** All that a stack can have, so that frames reach all of it. */
    private void joinAll() {
        Ipv4 ipv4 = gateway.stack().ipv4();
        List<IpModule> modules = List.of(
                Reassembler::join,
                Fragmenter::join,
                Forwarder::join,
                OptionProcessor::join,
                PathMtuCache::join,
                Redirects::join,
                LoopbackInterface::join,
                Igmp::join);
        modules.forEach(module -> module.join(ipv4));
        RawSockets.join(ipv4).openForAll(2000);
        gateway.link().vlan(100, new EthernetConfig("vlan", OUR_MAC, Ipv4Prefix.parse("10.0.3.2/24")));
        gateway.stack().udp().bind(9, 1000).join(gateway.link(), Ipv4Address.parse("239.0.0.1"));
        gateway.stack().route(Ipv4Prefix.parse("192.0.0.0/4"), PEER);
    }

    @Test
    void noFrameWhateverItHoldsDoesHarmToAStackOfAllModules() {
        joinAll();
        noFrameWhateverItHoldsDoesHarm(
                UdpDrop.BAD_LENGTH,
                DhcpDrop.BAD_OPTION,
                FragmentDrop.OVERLAPPING_FRAGMENT,
                FragmentDrop.TINY_FRAGMENT,
                FragmentDrop.BAD_FRAGMENT,
                OptionDrop.BAD_OPTION,
                OptionDrop.SOURCE_ROUTE,
                ForwardDrop.HOPS_EXCEEDED,
                ForwardDrop.NO_ROUTE,
                VlanDrop.UNKNOWN,
                VlanDrop.TRUNCATED,
                IgmpDrop.IGNORED,
                IgmpDrop.TRUNCATED,
                ErrorDrop.BAD_QUOTE,
                ErrorDrop.BAD_MTU,
                ErrorDrop.NOT_OURS,
                RawSocket.QUEUE_FULL);
    }

    @Test
    void noFrameWhateverItHoldsDoesHarm() {
        noFrameWhateverItHoldsDoesHarm(UdpDrop.BAD_LENGTH, DhcpDrop.BAD_OPTION, ArpDrop.BAD_SENDER, Ipv4Drop.FRAGMENT);
    }

    private void noFrameWhateverItHoldsDoesHarm(Drop... met) {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(120), this::sendAll, "seed " + SEED);
        assertThat(pingIsAnswered()).as("ping after seed %d", SEED).isTrue();
        assertThat(sent).as("the stack spoke, seed %d", SEED).isGreaterThan(FRAMES / 100);
        assertThat(Drops.all().filter(drop -> gateway.stack().dropped(drop) == 0))
                .as("reasons not met with, seed %d", SEED)
                .doesNotContain(met);
    }

    private void sendAll() {
        SplittableRandom random = new SplittableRandom(SEED);
        FuzzedFrames frames = new FuzzedFrames(random);
        long now = 0;
        for (int i = 0; i < FRAMES; i++) {
            byte[] frame = frames.next();
            now += random.nextInt(1_000_000);
            try {
                gateway.link().receive(frame, 0, frame.length, now);
                gateway.poll(now);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "seed " + SEED + ", frame " + i + ": " + HexFormat.of().formatHex(frame), e);
            }
            if (gateway.stack().budget().used() > MEMORY) {
                throw new AssertionError("seed " + SEED + ", frame " + i + ": budget exceeded");
            }
        }
    }

    private boolean pingIsAnswered() {
        recording = true;
        byte[] arp = Frames.ethernet(OUR_MAC, PEER_MAC, EthernetHeader.ARP, Frames.arp(1, PEER_MAC, PEER, NOBODY, US));
        byte[] echo = Frames.icmp(8, 7, 7, new byte[32]);
        byte[] ping = Frames.ethernet(OUR_MAC, PEER_MAC, EthernetHeader.IPV4, Frames.ipv4(PEER, US, Frames.ICMP, echo));
        gateway.link().receive(arp, 0, arp.length, 0);
        recorder.clear();
        gateway.link().receive(ping, 0, ping.length, 0);
        byte[] answer = Frames.icmp(0, 7, 7, new byte[32]);
        return recorder.frames().size() == 1
                && Arrays.equals(answer, 0, answer.length, recorder.frames().get(0), 34, 34 + answer.length);
    }
}
