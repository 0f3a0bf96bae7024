"""ConfirmDevice, GetDevice, ListDevices, UpdateDeviceStatus, ForgetDevice, and what administrators do of them."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from cognito_model import paging
from cognito_model.call import Call, operation
from cognito_model.evolve import replace
from cognito_model.expect import AtLeast, Including, Present
from cognito_model.operations.common import instant, need_pool, need_token, need_user
from cognito_model.requirements import devices as R

if TYPE_CHECKING:
    from cognito_model.outcome import Outcome
    from cognito_model.world import Device, Pool, User


@operation("ConfirmDevice")
def confirm_device(call: Call) -> Outcome:
    """A user's device leaves the verifier of its password."""
    pool, user, _, _ = need_token(call)
    device = user.devices.get(call.DeviceKey)
    tracked = pool.settings.get("DeviceConfiguration") or {}
    call.tolerate_if(not tracked, R.tracking_is_on)
    if device is None:
        call.refuse_if(True, R.device_was_issued)
        call.refuse_if(not tracked, R.tracking_is_on)
        call.settle()
    assert device is not None
    call.tolerate_if(device.remembered is not None, R.device_was_issued)
    verifier = call.DeviceSecretVerifierConfig or {}
    call.tolerate_if(not verifier.get("PasswordVerifier") or not verifier.get("Salt"), R.verifier_is_given)
    malformed = [value for value in verifier.values() if isinstance(value, str) and not _is_base64(value)]
    call.refuse_if(malformed, R.verifier_has_form)
    prompt = bool(tracked.get("DeviceOnlyRememberedOnUserPrompt"))
    kept = replace(
        device,
        verifier=verifier.get("PasswordVerifier"),
        salt=verifier.get("Salt"),
        name=call.DeviceName,
        remembered=not prompt,
        created=instant(call),
        modified=call.fresh("Instant", 1),
        authenticated=call.fresh("Instant", 2),
    )
    user = call.change(user, R.confirms_device, devices={**user.devices, device.key: kept})
    return call.reply(
        R.confirms_device, call.world.with_pool(pool.put(user=user)), UserConfirmationNecessary=prompt
    )


def _is_base64(value: str) -> bool:
    try:
        return bool(base64.b64decode(value, validate=True))
    except ValueError:
        return False


def gone(pool: Pool, user: User, key: Any) -> tuple[Any, ...]:
    """How `World.gone` remembers a forgotten device."""
    return ("device", pool.id, user.sub, key)


def need_device(call: Call, pool: Pool, user: User) -> Device:
    """The confirmed device that DeviceKey names."""
    device = user.devices.get(call.DeviceKey)
    if device is None or device.remembered is None:
        was_there = gone(pool, user, call.DeviceKey) in call.world.gone
        call.refuse_if(True, R.forgets_device if was_there else R.device_exists)
        call.refuse_if(not pool.settings.get("DeviceConfiguration"), R.tracking_is_on)
        call.settle()
    assert device is not None
    return device


def view(device: Device) -> dict[str, Any]:
    """DeviceType of the device."""
    named = [{"Name": "device_name", "Value": device.name}] if device.name else []
    return {
        "DeviceKey": device.key,
        "DeviceAttributes": Including(({"Name": "device_status", "Value": Present("valid")}, *named)),
        "DeviceCreateDate": device.created,
        "DeviceLastModifiedDate": AtLeast(device.modified, device.created),
        # It comes in whole seconds, below the creation date (fact device-dates-precision), and may be the sign-in's.
        "DeviceLastAuthenticatedDate": AtLeast(device.authenticated, None),
    }


def show(call: Call, pool: Pool, user: User) -> Outcome:
    """GetDevice and AdminGetDevice."""
    return call.reply(R.shows_device, Device=view(need_device(call, pool, user)))


def listed(call: Call, pool: Pool, user: User) -> Outcome:
    """ListDevices and AdminListDevices."""
    call.tolerate_if(not pool.settings.get("DeviceConfiguration"), R.tracking_is_on)
    items = {d.key: view(d) for d in user.devices.values() if d.remembered is not None}
    # Whether a device that is confirmed and not remembered is listed is not settled.
    certain = frozenset(d.key for d in user.devices.values() if d.remembered)
    return paging.page(
        call,
        R.lists_devices,
        items,
        member="Devices",
        key="DeviceKey",
        limit=paging.limit(call.Limit),
        token="PaginationToken",
        required=certain,
    )


def update(call: Call, pool: Pool, user: User) -> Outcome:
    """UpdateDeviceStatus and AdminUpdateDeviceStatus."""
    device = need_device(call, pool, user)
    remembered = device.remembered
    if call.DeviceRememberedStatus is not None:
        remembered = call.DeviceRememberedStatus == "remembered"
    kept = replace(device, remembered=remembered, modified=instant(call))
    user = call.change(user, R.remembers_device, devices={**user.devices, device.key: kept})
    return call.reply(R.remembers_device, call.world.with_pool(pool.put(user=user)))


def forget(call: Call, pool: Pool, user: User) -> Outcome:
    """ForgetDevice and AdminForgetDevice."""
    device = need_device(call, pool, user)
    left = {key: d for key, d in user.devices.items() if key != device.key}
    user = call.change(user, R.forgets_device, devices=left)
    world = call.world.with_pool(pool.put(user=user))
    return call.reply(R.forgets_device, world.knowing_gone(gone(pool, user, device.key)))


@operation("GetDevice")
def get_device(call: Call) -> Outcome:
    """One of the user's own devices."""
    pool, user, _, _ = need_token(call)
    device = user.devices.get(call.DeviceKey)
    call.tolerate_if(device is not None and device.remembered is False, R.unremembered_device_may_be_hidden)
    return show(call, pool, user)


@operation("AdminGetDevice")
def admin_get_device(call: Call) -> Outcome:
    """One of a user's devices."""
    pool = need_pool(call)
    return show(call, pool, need_user(call, pool))


@operation("ListDevices")
def list_devices(call: Call) -> Outcome:
    """The user's own devices."""
    pool, user, _, _ = need_token(call)
    return listed(call, pool, user)


@operation("AdminListDevices")
def admin_list_devices(call: Call) -> Outcome:
    """A user's devices."""
    pool = need_pool(call)
    return listed(call, pool, need_user(call, pool))


@operation("UpdateDeviceStatus")
def update_device_status(call: Call) -> Outcome:
    """Remember one of the user's own devices, or not."""
    pool, user, _, _ = need_token(call)
    return update(call, pool, user)


@operation("AdminUpdateDeviceStatus")
def admin_update_device_status(call: Call) -> Outcome:
    """The same for an administrator."""
    pool = need_pool(call)
    return update(call, pool, need_user(call, pool))


@operation("ForgetDevice")
def forget_device(call: Call) -> Outcome:
    """Forget one of the user's own devices, or the one that the token was made with."""
    pool, user, _, _ = need_token(call)
    return forget(call, pool, user)


@operation("AdminForgetDevice")
def admin_forget_device(call: Call) -> Outcome:
    """The same for an administrator."""
    pool = need_pool(call)
    return forget(call, pool, need_user(call, pool))
