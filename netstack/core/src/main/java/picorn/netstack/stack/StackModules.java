// SPDX-License-Identifier: MIT
package picorn.netstack.stack;

import java.util.ArrayList;
import java.util.List;
import picorn.netstack.igmp.Igmp;
import picorn.netstack.ip.Forwarder;
import picorn.netstack.ip.Fragmenter;
import picorn.netstack.ip.IpModule;
import picorn.netstack.ip.OptionProcessor;
import picorn.netstack.ip.PathMtuCache;
import picorn.netstack.ip.Reassembler;
import picorn.netstack.ip.Redirects;
import picorn.netstack.loopback.LoopbackInterface;
import picorn.netstack.raw.RawSockets;

/** The parts of the Internet protocol that configurations larger than the minimal one have. */
final class StackModules {
    private StackModules() {}

    static List<IpModule> client() {
        return List.of(Reassembler::join, Fragmenter::join, PathMtuCache::join, LoopbackInterface::join);
    }

    static List<IpModule> host() {
        List<IpModule> modules = new ArrayList<>(client());
        modules.addAll(List.of(OptionProcessor::join, Redirects::join, Igmp::join, RawSockets::join));
        return modules;
    }

    static List<IpModule> router() {
        List<IpModule> modules = new ArrayList<>(host());
        modules.add(Forwarder::join);
        return modules;
    }
}
