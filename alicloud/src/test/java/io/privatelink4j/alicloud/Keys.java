package io.privatelink4j.alicloud;

import com.aliyuncs.auth.AlibabaCloudCredentialsProvider;
import com.aliyuncs.auth.BasicCredentials;
import com.aliyuncs.auth.BasicSessionCredentials;

/** Credentials whose texts are easy to look for. */
final class Keys {
  static final String KEY_ID = "LTAI5tKeyIdOfTheTests0";
  static final String SECRET = "SecretOfTheTests+/=0123456789x";
  static final String TOKEN = "CAISTokenOfTheTests+/=0123456789";

  private Keys() {}

  static AlibabaCloudCredentialsProvider provider(String keyId, String secret) {
    return () -> new BasicCredentials(keyId, secret);
  }

  static AlibabaCloudCredentialsProvider session() {
    return () -> new BasicSessionCredentials(KEY_ID, SECRET, TOKEN, 3_600);
  }
}
