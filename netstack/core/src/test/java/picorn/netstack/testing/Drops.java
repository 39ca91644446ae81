// SPDX-License-Identifier: MIT
package picorn.netstack.testing;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.params.converter.ArgumentConverter;
import picorn.netstack.arp.ArpDrop;
import picorn.netstack.dhcp.DhcpDrop;
import picorn.netstack.dns.DnsDrop;
import picorn.netstack.ethernet.EthernetDrop;
import picorn.netstack.ethernet.VlanDrop;
import picorn.netstack.icmp.IcmpDrop;
import picorn.netstack.igmp.IgmpDrop;
import picorn.netstack.ip.ErrorDrop;
import picorn.netstack.ip.ForwardDrop;
import picorn.netstack.ip.FragmentDrop;
import picorn.netstack.ip.Ipv4Drop;
import picorn.netstack.ip.OptionDrop;
import picorn.netstack.ip.OwnMulticast;
import picorn.netstack.loopback.LoopbackInterface;
import picorn.netstack.octets.Drop;
import picorn.netstack.pointtopoint.PointToPointInterface;
import picorn.netstack.raw.RawSocket;
import picorn.netstack.service.UdpEchoService;
import picorn.netstack.tcp.TcpDrop;
import picorn.netstack.udp.UdpDrop;

/** All reasons to drop packets; as a converter of parameters, the one with a label. */
public final class Drops implements ArgumentConverter {
    private static final List<Class<?>> HOLDERS = List.of(
            Drop.class,
            ArpDrop.class,
            DhcpDrop.class,
            DnsDrop.class,
            ErrorDrop.class,
            EthernetDrop.class,
            ForwardDrop.class,
            FragmentDrop.class,
            IcmpDrop.class,
            IgmpDrop.class,
            Ipv4Drop.class,
            LoopbackInterface.class,
            OptionDrop.class,
            OwnMulticast.class,
            PointToPointInterface.class,
            RawSocket.class,
            TcpDrop.class,
            UdpDrop.class,
            UdpEchoService.class,
            VlanDrop.class);

    /** Every reason there is. */
    public static Stream<Drop> all() {
        return HOLDERS.stream()
                .flatMap(holder -> Arrays.stream(holder.getDeclaredFields()))
                .filter(field -> field.getType() == Drop.class && Modifier.isPublic(field.getModifiers()))
                .map(field -> {
                    try {
                        return (Drop) field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                });
    }

    @Override
    public Object convert(Object label, ParameterContext parameter) {
        return all().filter(drop -> drop.label().equals(label)).findFirst().orElseThrow();
    }
}
