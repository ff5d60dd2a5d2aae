package io.privatelink4j.testing;

import io.privatelink4j.spi.Subnet;
import java.util.OptionalInt;
import java.util.PriorityQueue;

/** A subnet (vSwitch) and its addresses. Guarded by the cloud's lock. */
final class SimSubnet {
  private static final int ADDRESSES = 4_091;

  final String id;
  final String vpcId;
  final String zoneId;
  final String zoneName;
  private final PriorityQueue<Long> releases = new PriorityQueue<>();
  private int free = ADDRESSES;

  SimSubnet(String id, String vpcId, String zoneId, String zoneName) {
    this.id = id;
    this.vpcId = vpcId;
    this.zoneId = zoneId;
    this.zoneName = zoneName;
  }

  int free(long now) {
    while (!releases.isEmpty() && releases.element() <= now) {
      releases.remove();
      free++;
    }
    return free;
  }

  void setFree(int addresses) {
    free = addresses;
  }

  void take() {
    free--;
  }

  void releaseAt(long moment) {
    releases.add(moment);
  }

  Subnet view(String account, long now) {
    return new Subnet(id, vpcId, zoneId, zoneName, account, OptionalInt.of(free(now)));
  }
}
