/* Goes before pk_wrap.c and pkparse.c of mbedTLS when they are compiled for the module. Their
 * tables name what private keys can do beside what public keys can; here the former is refused, and
 * so the linker leaves its code out. */
#ifndef FEDVAL_VERIFY_ONLY_H
#define FEDVAL_VERIFY_ONLY_H

#include "mbedtls/config.h"
#include "mbedtls/ecdsa.h"
#include "mbedtls/pk.h"
#include "mbedtls/rsa.h"

#define mbedtls_rsa_pkcs1_sign(...) MBEDTLS_ERR_PK_FEATURE_UNAVAILABLE
#define mbedtls_rsa_rsassa_pss_sign(...) MBEDTLS_ERR_PK_FEATURE_UNAVAILABLE
#define mbedtls_rsa_pkcs1_decrypt(...) MBEDTLS_ERR_PK_FEATURE_UNAVAILABLE
#define mbedtls_rsa_pkcs1_encrypt(...) MBEDTLS_ERR_PK_FEATURE_UNAVAILABLE
#define mbedtls_rsa_check_pub_priv(...) MBEDTLS_ERR_PK_FEATURE_UNAVAILABLE
#define mbedtls_ecdsa_write_signature(...) MBEDTLS_ERR_PK_FEATURE_UNAVAILABLE
#define mbedtls_ecp_check_pub_priv(...) MBEDTLS_ERR_PK_FEATURE_UNAVAILABLE

/* It adds what a private key leaves out. mbedtls_rsa_check_pubkey, which is called next, checks all
 * that it checks of a public key. */
#define mbedtls_rsa_complete(rsa) ((void)(rsa), 0)

#endif
